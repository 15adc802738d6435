import { unlessAborted } from '../transport/abort.ts';
import type { Repair } from '../answer.ts';
import type { FieldChange } from '../body/bodyFields.ts';
import type { Failure } from '../failure/failure.ts';
import type { JsonObject } from '../json.ts';
import type { Lesson } from './lesson.ts';
import { refusedFields } from './refusedFields.ts';
import type { Part, Request, Turn } from '../request.ts';

/** A request as it is going to be sent: its parts as this server takes them, and what to change once it is encoded. */
export interface Draft {
	readonly request: Request;
	readonly changes: readonly FieldChange[];
	/** The repairs made so far: none is made twice. */
	readonly repairs: readonly Repair[];
}

/** A draft that a server may take which refused the one before. */
export interface Repaired {
	readonly draft: Draft;
	/** What is different; never empty. */
	readonly made: readonly Repair[];
	/** What to remember should the server take it. */
	readonly lessons: readonly Lesson[];
}

/** What every server takes (protocols.md 4.1, "Safe common denominator"). */
const plainFormats: ReadonlySet<string> = new Set(['image/png', 'image/jpeg']);

const pdfWords =
	/\b(?:input_)?(?:file|pdf|document)s?\b|(?:content|message|part)[ _]?(?:type|part|format)|content\[\]|'type' field|(?:media|mime)[ _-]?type/i;
const pdfKinds: ReadonlySet<Failure['kind']> = new Set([
	'bad-request',
	'unsupported-parameter',
	'image-rejected',
	'invalid-response',
	'server',
]);
/** No other image would help. */
const blindModel =
	/image inputs? (?:is|are) not|mmproj|not a multimodal|(?:support|have|has)[^.]{0,20} vision|(?:model|endpoint)[^.]{0,60}not support[^.]{0,20}images?\b/i;
const sizeWords = /too (?:large|big|many pixels)|exceed|dimension|pixels|\bsize\b|\bbytes\b|\bMB\b/i;

const nothing = Promise.resolve(undefined);

type Remedy = (failure: Failure, draft: Draft, body: JsonObject) => Promise<Repaired | undefined>;

/** What may mend a refusal; the first that changes anything is tried. */
const remedies: readonly Remedy[] = [
	(failure, draft) => (refusesPdf(failure) ? asPages(draft, [{ kind: 'pdf-as-pages' }]) : nothing),
	(failure, draft) => (refusesSize(failure) ? shrunk(draft) : nothing),
	(failure, draft) => (refusesImage(failure) ? converted(draft) : nothing),
	// Its pages may be smaller. The size is that of this file only: nothing to learn.
	(failure, draft) => (failure.kind === 'too-large' ? asPages(draft, []) : nothing),
	(failure, draft, body) => Promise.resolve(withoutRefused(failure, draft, body)),
];

/**
 * The draft changed so that the server may take it, or undefined where nothing is left to change. Rejects when the
 * signal aborts.
 */
export async function repair(
	failure: Failure,
	draft: Draft,
	body: JsonObject,
	signal: AbortSignal,
): Promise<Repaired | undefined> {
	for (const remedy of remedies) {
		const found = await unlessAborted(signal, remedy(failure, draft, body));
		if (found) {
			return found;
		}
	}
	return undefined;
}

/** A request with what was learned of its model. Rejects when the signal aborts. */
export async function draftOf(request: Request, lessons: readonly Lesson[], signal: AbortSignal): Promise<Draft> {
	let known = request;
	for (const { kind } of lessons) {
		if (kind === 'pdf-as-pages') {
			known = (await unlessAborted(signal, withPages(known))) ?? known;
		} else if (kind === 'image-converted') {
			known = (await unlessAborted(signal, withPlainImages(known))) ?? known;
		}
	}
	return { request: known, changes: lessons.filter(isFieldChange), repairs: [] };
}

function refusesPdf({ kind, status, code = '', serverMessage = '' }: Failure): boolean {
	return status === 415 || (pdfKinds.has(kind) && (pdfWords.test(serverMessage) || code === 'convert_request_failed'));
}

function refusesImage({ kind, serverMessage = '' }: Failure): boolean {
	return kind === 'image-rejected' && !blindModel.test(serverMessage);
}

function refusesSize(failure: Failure): boolean {
	const { kind, code = '', serverMessage = '' } = failure;
	return kind === 'too-large' || (refusesImage(failure) && sizeWords.test(`${code} ${serverMessage}`));
}

async function asPages(draft: Draft, lessons: readonly Lesson[]): Promise<Repaired | undefined> {
	return repaired(draft, await withPages(draft.request), 'pdf-as-pages', lessons);
}

async function shrunk(draft: Draft): Promise<Repaired | undefined> {
	// Smaller still is for the user to decide.
	const isAgain = draft.repairs.some(({ kind }) => kind === 'image-shrunk');
	return isAgain ? undefined : repaired(draft, await withSmallerImages(draft.request), 'image-shrunk', []);
}

async function converted(draft: Draft): Promise<Repaired | undefined> {
	return repaired(draft, await withPlainImages(draft.request), 'image-converted', [{ kind: 'image-converted' }]);
}

function repaired(
	draft: Draft,
	request: Request | undefined,
	kind: Exclude<Repair['kind'], FieldChange['kind']>,
	lessons: readonly Lesson[],
): Repaired | undefined {
	return request && { draft: { ...draft, request, repairs: [...draft.repairs, { kind }] }, made: [{ kind }], lessons };
}

function withoutRefused(failure: Failure, draft: Draft, body: JsonObject): Repaired | undefined {
	const changes = refusedFields(failure, body).filter(({ field }) => !wasRepaired(draft, field));
	const made = changes.map(asRepair);
	const { request } = draft;
	return changes.length === 0
		? undefined
		: {
				draft: { request, changes: [...draft.changes, ...changes], repairs: [...draft.repairs, ...made] },
				made,
				lessons: changes,
			};
}

function wasRepaired({ repairs }: Draft, field: string): boolean {
	return repairs.some(
		(done) =>
			(done.kind === 'dropped' || done.kind === 'renamed') &&
			(done.field === field || (done.kind === 'renamed' && done.to === field)),
	);
}

function asRepair(change: FieldChange): Repair {
	return change.kind === 'dropped' ? { kind: 'dropped', field: change.field } : change;
}

function isFieldChange(lesson: Lesson): lesson is FieldChange {
	return lesson.kind === 'dropped' || lesson.kind === 'renamed';
}

function withPages(request: Request): Promise<Request | undefined> {
	return replaced(request, async (part) => (part.kind === 'pdf' ? part.instead?.() : undefined));
}

function withPlainImages(request: Request): Promise<Request | undefined> {
	return replaced(request, async (part) =>
		part.kind === 'image' && !plainFormats.has(part.mediaType) ? listOf(await part.instead?.('format')) : undefined,
	);
}

function withSmallerImages(request: Request): Promise<Request | undefined> {
	return replaced(request, async (part) => (part.kind === 'image' ? listOf(await part.instead?.('size')) : undefined));
}

function listOf(part: Part | undefined): readonly Part[] | undefined {
	return part && [part];
}

/** The request with other parts in the place of those for which there are any; undefined when there are none at all. */
async function replaced(
	request: Request,
	instead: (part: Part) => Promise<readonly Part[] | undefined>,
): Promise<Request | undefined> {
	let isChanged = false;
	const turns: Turn[] = [];
	for (const turn of request.turns) {
		const parts: Part[] = [];
		for (const part of turn.parts) {
			// A part that cannot be made stays: then the server's word on it is the failure to show.
			const others = await instead(part).catch(() => undefined);
			isChanged ||= others !== undefined;
			parts.push(...(others ?? [part]));
		}
		turns.push({ ...turn, parts });
	}
	return isChanged ? { ...request, turns } : undefined;
}
