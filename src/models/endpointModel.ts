import { Failure } from '../client/failure.ts';
import type { Request, Turn } from '../client/request.ts';
import { hostOf, mayCarryKey, transitTo } from './endpoints.ts';
import type { Keys } from './keys.ts';
import type { KeyAbsence } from './keyAbsence.ts';
import type { Inquiry, Model, ModelEvent } from './model.ts';
import type { NamedEndpoint } from './presets.ts';
import type { ReadText } from './recognisedPages.ts';
import { tellingCoverage } from './tellingCoverage.ts';

/** A model at an endpoint. Its key is looked up for each request, so that a new one counts at once. */
export function endpointModel(
	endpoint: NamedEndpoint,
	model: string,
	keys: Keys,
	readText: ReadText,
	log: (line: string) => void,
): Model {
	return {
		id: `${endpoint.name}/${model}`,
		name: model,
		host: hostOf(endpoint),
		transit: transitTo(endpoint),
		async *answer(inquiry: Inquiry, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
			const [{ answer }, { attachmentParts }, key] = await Promise.all([
				import('../client/index.ts'),
				import('./attachmentParts.ts'),
				keys.keyFor(endpoint),
			]);
			const { parts, coverage } = await attachmentParts(
				inquiry.attachments,
				{
					endpoint,
					model,
					sees: 'unknown',
					purpose: inquiry.purpose,
					questions: [...inquiry.earlier.map((turn) => turn.question), inquiry.question],
					readText,
				},
				signal,
			);
			const request: Request = { model, system: inquiry.system, turns: turnsOf(inquiry, parts) };
			try {
				const events = answer(request, endpoint, { ...(key === undefined ? {} : { key }), signal, log });
				yield* tellingCoverage(events, coverage);
			} catch (error) {
				throw key === undefined && error instanceof Failure && error.kind === 'auth'
					? sentWithoutKey(error, endpoint)
					: error;
			}
		},
	};
}

/** The server's failure, with the code that says why no key went along. */
function sentWithoutKey({ status, serverMessage, requestId, cause }: Failure, endpoint: NamedEndpoint): Failure {
	const code: KeyAbsence = mayCarryKey(endpoint)
		? 'no-key-set'
		: endpoint.auth === 'none'
			? 'no-key-wanted'
			: 'no-key-unencrypted';
	return new Failure({ kind: 'auth', code, status, serverMessage, requestId, cause });
}

/** The attachments stand once, before the first question: later turns refer to them. */
function turnsOf({ earlier, question }: Inquiry, attached: Turn['parts']): readonly Turn[] {
	const questions = [...earlier.map((turn) => turn.question), question];
	return questions.flatMap((text, index): Turn[] => {
		const asked: Turn = {
			role: 'user',
			parts: [...(index === 0 ? attached : []), { kind: 'text', text }],
		};
		const answered = earlier[index]?.answer;
		return answered === undefined ? [asked] : [asked, { role: 'assistant', parts: [{ kind: 'text', text: answered }] }];
	});
}
