import type { AttachmentState, ConversationState, TurnFailure, TurnState } from './messages.ts';

/** What a conversation is about, before anything is read. */
export interface ConversationFile extends Pick<AttachmentState, 'uri' | 'name'> {
	/** Off unless set. */
	readonly byAddress?: boolean;
}

/** A conversation about files, before its first question. */
export function newConversation(id: string, files: readonly ConversationFile[]): ConversationState {
	return {
		id,
		attachments: files.map(newAttachment),
		turns: [],
		model: undefined,
	};
}

/** A file of which nothing but its place is known. */
function newAttachment({ uri, name, byAddress = false }: ConversationFile): AttachmentState {
	return {
		uri,
		name,
		byAddress,
		detail: '',
		thumbnail: undefined,
		kind: undefined,
		frameCount: undefined,
		sendsStrip: false,
		isRemoved: false,
		failure: undefined,
	};
}

/** The files that are still part of it. */
export function keptAttachments({ attachments }: ConversationState): readonly AttachmentState[] {
	return attachments.filter(({ isRemoved }) => !isRemoved);
}

/** As it is after a reload: an answer that was being written then is stopped where it was. */
export function afterReload(state: ConversationState): ConversationState {
	const finished = new Set<TurnState['status']>(['done', 'failed', 'stopped', 'unsent']);
	return {
		...state,
		turns: state.turns.map((turn) =>
			finished.has(turn.status) ? turn : { ...turn, status: 'stopped', wait: undefined },
		),
	};
}

/** A turn whose question was just asked. */
export function newTurn(id: number, purpose: TurnState['purpose'], question: string): TurnState {
	return {
		id,
		purpose,
		question,
		answer: '',
		items: [],
		status: 'preparing',
		thoughts: undefined,
		sources: [],
		search: undefined,
		end: undefined,
		coverage: [],
		wait: undefined,
		remarks: [],
		answeredBy: undefined,
		asked: undefined,
		usage: undefined,
		duration: undefined,
		failure: undefined,
	};
}

/** Older versions had fewer members. */
interface SavedConversation extends Partial<Omit<ConversationState, 'attachments' | 'turns'>> {
	readonly attachments?: readonly SavedAttachment[];
	readonly turns?: readonly SavedTurn[];
}

type SavedAttachment = Pick<AttachmentState, 'uri' | 'name'> & Partial<AttachmentState>;

type SavedTurn = Pick<TurnState, 'id' | 'purpose' | 'question'> &
	Partial<Omit<TurnState, 'failure'>> & {
		readonly failure?: Omit<TurnFailure, 'tone'> & Partial<Pick<TurnFailure, 'tone'>>;
	};

/**
 * A conversation from the JSON it was saved as. What an older version did not save is as in a new turn.
 * Undefined when it is none.
 */
export function fromSaved(json: string): ConversationState | undefined {
	const { id, attachments, turns, model } = (JSON.parse(json) ?? {}) as SavedConversation;
	if (typeof id !== 'string' || !Array.isArray(attachments) || !Array.isArray(turns)) {
		return undefined;
	}
	return {
		id,
		attachments: attachments.map(attachmentOf),
		turns: turns.map(turnOf),
		model,
	};
}

function attachmentOf(saved: SavedAttachment): AttachmentState {
	return { ...newAttachment(saved), ...saved };
}

function turnOf({ failure, ...saved }: SavedTurn): TurnState {
	return {
		...newTurn(saved.id, saved.purpose, saved.question),
		...saved,
		failure: failure && { tone: 'error', ...failure },
	};
}
