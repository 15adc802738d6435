import type { ConversationState, TurnState } from './messages.ts';

/** A conversation about files, before its first question. */
export function newConversation(
	id: string,
	files: readonly { readonly uri: string; readonly name: string }[],
): ConversationState {
	return {
		id,
		attachments: files.map(({ uri, name }) => ({ uri, name, detail: '', thumbnail: undefined, failure: undefined })),
		turns: [],
		model: undefined,
	};
}

/** As it is after a reload: an answer that was being written then is stopped where it was. */
export function afterReload(state: ConversationState): ConversationState {
	const finished = new Set<TurnState['status']>(['done', 'failed', 'stopped']);
	return {
		...state,
		turns: state.turns.map((turn) => (finished.has(turn.status) ? turn : { ...turn, status: 'stopped' })),
	};
}

/** A turn whose question was just asked. */
export function newTurn(id: number, purpose: TurnState['purpose'], question: string): TurnState {
	return {
		id,
		purpose,
		question,
		answer: '',
		status: 'preparing',
		end: undefined,
		coverage: [],
		answeredBy: undefined,
		usage: undefined,
		duration: undefined,
		failure: undefined,
	};
}
