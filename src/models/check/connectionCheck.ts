import type { Repair } from '../../client/answer.ts';
import type { ClientOptions } from '../../client/client.ts';
import { Failure, type FailureKind } from '../../client/failure/failure.ts';
import { listModels } from '../../client/modelList/listModels.ts';
import type { ListedModel } from '../../client/modelList/modelList.ts';
import type { Parameters, Part } from '../../client/request.ts';
import { Asker, type Reply } from './checkAsker.ts';
import type { NamedEndpoint } from '../settings/presets.ts';
import { type ProbeColour, probeColours, probeImage, probePdf } from './probeFiles.ts';

/** What is found out, in this order. */
export type CheckStep = 'server' | 'key' | 'model' | 'text' | 'streaming' | 'images' | 'pdf';

/** What was found out of a step. */
export type CheckResult = { readonly step: CheckStep } & (
	| { readonly outcome: 'works'; readonly fact: WorkingFact }
	| { readonly outcome: 'fails'; readonly fact: FailingFact }
	/** Neither could be told. */
	| { readonly outcome: 'unclear'; readonly fact: UnclearFact }
	/** Because of what was found before, or as the settings have it. */
	| { readonly outcome: 'skipped'; readonly fact: SkippedFact }
);

export type WorkingFact =
	/** ms */
	| { readonly kind: 'answers'; readonly milliseconds: number }
	| { readonly kind: 'key-accepted' | 'no-key-needed' | 'streams' }
	| { readonly kind: 'listed'; readonly count: number }
	/** `by`: another model than the one asked. */
	| { readonly kind: 'answered'; readonly milliseconds: number; readonly by: string | undefined }
	| { readonly kind: 'saw'; readonly colour: ProbeColour }
	| { readonly kind: 'read-pdf' };

export type FailingFact =
	| { readonly kind: 'failure'; readonly failure: Failure }
	/** It answered, but of what it was sent it knew nothing. */
	| { readonly kind: 'guessed'; readonly answer: string };

export type UnclearFact =
	| { readonly kind: 'in-one-piece' | 'key-not-judged' | 'no-list' }
	| { readonly kind: 'not-listed'; readonly count: number }
	| { readonly kind: 'answered-otherwise'; readonly answer: string };

export interface SkippedFact {
	readonly kind: 'turned-off' | 'not-reached';
}

export type CheckEvent =
	/** What is found out now. */
	| { readonly kind: 'asking'; readonly step: CheckStep }
	| { readonly kind: 'wait'; readonly milliseconds: number; readonly reason: FailureKind }
	| { readonly kind: 'repair'; readonly repair: Repair }
	| { readonly kind: 'result'; readonly result: CheckResult };

export interface CheckOptions extends Omit<ClientOptions, 'signal'> {
	readonly signal: AbortSignal;
	/** By the user's settings: what is checked is what will be asked. */
	readonly parameters: Parameters;
	/** At least 0, less than 1; the files that are sent depend on it, so that no answer is luck. */
	readonly random?: () => number;
}

type Checking = AsyncGenerator<CheckEvent, void, undefined>;

/** Words that no model says unless it has read them. */
const pdfWords = ['kestrel', 'thimble', 'lantern', 'walnut'] as const;

/**
 * Finds out what works with a model at an endpoint, by one list and up to four short questions, and tells each thing
 * as it is known. What fails is a result. Fails itself with an `AbortError` alone.
 */
export async function* checkConnection(endpoint: NamedEndpoint, model: string, options: CheckOptions): Checking {
	yield { kind: 'asking', step: 'server' };
	const start = performance.now();
	const list = await listOf(endpoint, options);
	if (list instanceof Failure && (list.kind === 'network' || list.kind === 'timeout')) {
		yield result({ step: 'server', outcome: 'fails', fact: { kind: 'failure', failure: list } });
		yield* skipped(['key', 'model', 'text', 'streaming', 'images', 'pdf']);
		return;
	}
	yield result({
		step: 'server',
		outcome: 'works',
		fact: { kind: 'answers', milliseconds: performance.now() - start },
	});
	yield { kind: 'asking', step: 'text' };
	const asker = new Asker(endpoint, model, options);
	const counting = { system: 'Do as you are told.', parts: [text('Count from one to twelve in words, in one line.')] };
	const streamed = yield* asker.ask(counting);
	const mayStream = options.parameters.stream !== false;
	// Whoever cannot stream may still answer.
	const whole =
		streamed.failure && mayStream && mayBeTheStream.has(streamed.failure.kind)
			? yield* asker.ask(counting, { stream: false })
			: streamed;
	const key = keyResult(whole.failure, options.key);
	const found = modelResult(model, list, whole.failure);
	yield result(key);
	yield result(found);
	if (key.outcome === 'fails' || found.outcome === 'fails') {
		yield* skipped(['text', 'streaming', 'images', 'pdf']);
		return;
	}
	if (whole.failure) {
		yield result({ step: 'text', outcome: 'fails', fact: { kind: 'failure', failure: whole.failure } });
		yield* skipped(['streaming', 'images', 'pdf']);
		return;
	}
	yield result({
		step: 'text',
		outcome: 'works',
		fact: { kind: 'answered', milliseconds: whole.milliseconds, by: whole.by },
	});
	yield result(streamingResult(streamed, mayStream));
	yield* checkImages(asker, options);
	yield* checkPdf(asker, options);
}

const mayBeTheStream: ReadonlySet<FailureKind> = new Set([
	'bad-request',
	'unsupported-parameter',
	'invalid-response',
	'truncated',
	'empty',
	'server',
]);

async function listOf(endpoint: NamedEndpoint, options: CheckOptions): Promise<readonly ListedModel[] | Failure> {
	try {
		return await listModels(endpoint, options);
	} catch (error) {
		if (error instanceof Failure) {
			return error;
		}
		throw error;
	}
}

/** Kinds that a server only comes to once it knows who asks. */
const knowsWhoAsks: ReadonlySet<FailureKind> = new Set([
	'balance',
	'quota',
	'rate',
	'model-not-found',
	'blocked',
	'empty',
]);

function keyResult(failure: Failure | undefined, key: string | undefined): CheckResult {
	if (failure?.kind === 'auth') {
		return { step: 'key', outcome: 'fails', fact: { kind: 'failure', failure } };
	}
	if (failure && !knowsWhoAsks.has(failure.kind)) {
		return { step: 'key', outcome: 'unclear', fact: { kind: 'key-not-judged' } };
	}
	return { step: 'key', outcome: 'works', fact: { kind: key === undefined ? 'no-key-needed' : 'key-accepted' } };
}

function modelResult(model: string, list: readonly ListedModel[] | Failure, failure: Failure | undefined): CheckResult {
	if (failure?.kind === 'model-not-found') {
		return { step: 'model', outcome: 'fails', fact: { kind: 'failure', failure } };
	}
	if (list instanceof Failure) {
		return { step: 'model', outcome: 'unclear', fact: { kind: 'no-list' } };
	}
	const count = list.length;
	return list.some(({ id }) => id === model)
		? { step: 'model', outcome: 'works', fact: { kind: 'listed', count } }
		: { step: 'model', outcome: 'unclear', fact: { kind: 'not-listed', count } };
}

function streamingResult({ failure, pieces, held }: Reply, mayStream: boolean): CheckResult {
	if (!mayStream) {
		return { step: 'streaming', outcome: 'skipped', fact: { kind: 'turned-off' } };
	}
	if (failure) {
		return { step: 'streaming', outcome: 'fails', fact: { kind: 'failure', failure } };
	}
	return pieces > 1 && !held
		? { step: 'streaming', outcome: 'works', fact: { kind: 'streams' } }
		: { step: 'streaming', outcome: 'unclear', fact: { kind: 'in-one-piece' } };
}

async function* checkImages(asker: Asker, { random = Math.random }: CheckOptions): Checking {
	yield { kind: 'asking', step: 'images' };
	const colours = Object.keys(probeColours) as ProbeColour[];
	const colour = oneOf(colours, random) ?? 'red';
	const { failure, answer } = yield* asker.ask({
		system: 'Answer in English, with one word.',
		parts: [
			text(`Which of these is the colour of this picture: ${colours.join(', ')}?`),
			{ kind: 'image', mediaType: 'image/png', content: probeImage(colour) },
		],
	});
	if (failure) {
		yield result({ step: 'images', outcome: 'fails', fact: { kind: 'failure', failure } });
		return;
	}
	const named = colours.filter((one) => new RegExp(`\\b${one}\\b`, 'i').test(answer));
	yield result(
		named.length === 1 && named[0] === colour
			? { step: 'images', outcome: 'works', fact: { kind: 'saw', colour } }
			: named.length === 1
				? { step: 'images', outcome: 'fails', fact: { kind: 'guessed', answer } }
				: { step: 'images', outcome: 'unclear', fact: { kind: 'answered-otherwise', answer } },
	);
}

async function* checkPdf(asker: Asker, { random = Math.random }: CheckOptions): Checking {
	yield { kind: 'asking', step: 'pdf' };
	const word = oneOf(pdfWords, random) ?? 'kestrel';
	const { failure, answer } = yield* asker.ask({
		system: 'Answer with one word.',
		parts: [text('Which word stands in this PDF?'), { kind: 'pdf', name: 'word.pdf', content: probePdf(word) }],
	});
	yield result(
		failure
			? { step: 'pdf', outcome: 'fails', fact: { kind: 'failure', failure } }
			: answer.toLowerCase().includes(word)
				? { step: 'pdf', outcome: 'works', fact: { kind: 'read-pdf' } }
				: { step: 'pdf', outcome: 'unclear', fact: { kind: 'answered-otherwise', answer } },
	);
}

function text(words: string): Part {
	return { kind: 'text', text: words };
}

function result(found: CheckResult): CheckEvent {
	return { kind: 'result', result: found };
}

function* skipped(steps: readonly CheckStep[]): Generator<CheckEvent, void, undefined> {
	for (const step of steps) {
		yield result({ step, outcome: 'skipped', fact: { kind: 'not-reached' } });
	}
}

function oneOf<T>(choices: readonly T[], random: () => number): T | undefined {
	return choices[Math.floor(random() * choices.length)];
}
