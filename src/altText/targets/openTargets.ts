import { l10n, type Uri, window } from 'vscode';
import { AttachmentFailure } from '../../attachments/attachmentFailure.ts';
import type { OpenedFile } from '../../attachments/open.ts';
import { linesOf } from '../../privacy/filesOutside.ts';
import type { AltTextServices } from '../ask.ts';
import { inLanes } from '../inLanes.ts';
import { openFound } from './openTarget.ts';
import type { Place } from '../place.ts';
import { findTarget, type Target, whereaboutsFor } from './target.ts';

/** An image of a document, read. */
export interface OpenedPlace {
	readonly place: Place;
	readonly file: OpenedFile;
}

export interface OpenedPlaces {
	readonly opened: readonly OpenedPlace[];
	/** How many the user did not want read. */
	readonly leftOut: number;
	/** How many are excluded by the settings. */
	readonly excluded: number;
}

interface FoundPlace {
	readonly place: Place;
	readonly found: Target;
	/** What the user has to agree to before it is read. */
	readonly beyond?: Beyond | undefined;
}

/** A folder outside the workspace, or a host on the web that was never asked about. */
type Beyond = { readonly kind: 'folder'; readonly path: string } | { readonly kind: 'host'; readonly host: string };

/** Images that are looked for or read at the same time. */
const lanes = 4;

/**
 * Opens several images of a document; all that need a question are asked about at once. Those that cannot be read are
 * missing in the result; undefined when the user wants none of it. Fails with `AbortError`, or with `AttachmentFailure`
 * where the document is excluded.
 */
export async function openTargets(
	services: AltTextServices,
	places: readonly Place[],
	signal: AbortSignal,
): Promise<OpenedPlaces | undefined> {
	const [first] = places;
	if (first) {
		await services.files.refuseExcludedDocument(first.document.uri);
	}
	const found: FoundPlace[] = [];
	for await (const { result } of inLanes(places, lanes, (place) => locate(services, place), signal)) {
		found.push(result);
	}
	const allowed = await allowedOf(services, found);
	signal.throwIfAborted();
	return allowed && { ...(await openAll(services, allowed, signal)), leftOut: found.length - allowed.length };
}

async function locate({ consent }: AltTextServices, place: Place): Promise<FoundPlace> {
	const found = await findTarget(place.document, place.image.target, { outside: true });
	switch (found.kind) {
		case 'file':
			return { place, found, beyond: await beyondWorkspace(place, found.uri) };
		case 'url': {
			const { protocol, host } = new URL(found.url);
			// Others than https are refused when they are opened.
			const isNew = protocol === 'https:' && !consent.isFetched(host);
			return { place, found, beyond: isNew ? { kind: 'host', host } : undefined };
		}
		case 'data':
		case 'missing':
		case 'unknown':
			return { place, found };
	}
}

async function beyondWorkspace({ document }: Place, file: Uri): Promise<Beyond | undefined> {
	const whereabouts = await whereaboutsFor(document, file);
	switch (whereabouts.kind) {
		case 'inside':
			return undefined;
		case 'outside':
			return { kind: 'folder', path: folderOf(whereabouts.realPath) };
		case 'unknown':
			return { kind: 'folder', path: folderOf(file.fsPath) };
	}
}

function folderOf(path: string): string {
	return path.slice(0, Math.max(1, path.lastIndexOf('/'), path.lastIndexOf('\\')));
}

/** One question for all; undefined when the user closes it. */
async function allowedOf(
	{ consent }: AltTextServices,
	found: readonly FoundPlace[],
): Promise<readonly FoundPlace[] | undefined> {
	const beyond = found.flatMap((one) => one.beyond ?? []);
	if (beyond.length === 0) {
		return found;
	}
	const read = l10n.t('Read them');
	const leaveOut = l10n.t('Leave them out');
	const question =
		beyond.length === 1
			? l10n.t('One image of this document is not in the workspace.')
			: l10n.t('{0} images of this document are not in the workspace.', beyond.length);
	const detail = linesOf(counted(beyond.map((one) => (one.kind === 'folder' ? one.path : `https://${one.host}`))));
	const answer = await window.showWarningMessage(question, { modal: true, detail }, read, leaveOut);
	if (answer === read) {
		await consent.allowFetching(beyond.flatMap((one) => (one.kind === 'host' ? [one.host] : [])));
		return found;
	}
	return answer === leaveOut ? found.filter((one) => one.beyond === undefined) : undefined;
}

/** Each place once, with how many images are there. */
function counted(places: readonly string[]): readonly string[] {
	return [...new Set(places)].map((place) => {
		const count = places.filter((one) => one === place).length;
		return count === 1 ? place : l10n.t('{0} ({1} images)', place, count);
	});
}

async function openAll(
	services: AltTextServices,
	found: readonly FoundPlace[],
	signal: AbortSignal,
): Promise<Omit<OpenedPlaces, 'leftOut'>> {
	let excluded = 0;
	const opened = new Map<Place, OpenedPlace>();
	const open = async (one: FoundPlace, either: AbortSignal): Promise<OpenedPlace | undefined> => {
		try {
			const file = await openFound(services, one.found, one.place.image.target, either);
			await file.attachment;
			return { place: one.place, file };
		} catch (error) {
			either.throwIfAborted();
			services.log(error);
			excluded += error instanceof AttachmentFailure && error.kind === 'excluded' ? 1 : 0;
			return undefined;
		}
	};
	for await (const { item, result } of inLanes(found, lanes, open, signal)) {
		if (result) {
			opened.set(item.place, result);
		}
	}
	return { opened: found.flatMap(({ place }) => opened.get(place) ?? []), excluded };
}
