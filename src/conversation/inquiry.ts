import { endingOf, imageEndings } from '../attachments/fileEndings.ts';
import type { Inquiry } from '../models/model.ts';
import type { Subject } from '../models/modelSource.ts';
import type { AnswerImages } from './conversation.ts';
import { earlierTurns } from './earlierTurns.ts';
import type { ReadFiles } from './files.ts';
import type { AttachmentState, ConversationState, TurnState } from './messages.ts';
import { describeQuestion, systemText } from './prompt.ts';
import { keptAttachments } from './state.ts';

/** What a model is to be asked about. */
export function subjectOf(state: ConversationState): Subject {
	return keptAttachments(state).some(isImage) ? 'images' : 'anything';
}

/** Of files that were not read yet, their names tell; an address that is not a PDF's is sent as that of an image. */
function isImage({ kind, name, byAddress }: AttachmentState): boolean {
	if (kind !== undefined) {
		return kind === 'image';
	}
	return byAddress ? endingOf(name) !== 'pdf' : imageEndings.includes(endingOf(name));
}

/** What a model is asked by a turn, after those before it. */
export async function inquiryOf(
	state: ConversationState,
	turn: TurnState,
	{ attachments, addresses }: ReadFiles,
	{ images, language }: { readonly images: AnswerImages; readonly language: string },
): Promise<Inquiry> {
	const kinds = [
		...attachments.map(({ kind }) => kind),
		...addresses.map(({ mediaType }) => (mediaType === 'application/pdf' ? 'pdf' : 'image')),
	];
	// An earlier answer may be about files that were removed since.
	const removedKinds = state.attachments.flatMap(({ kind, isRemoved }) => (isRemoved && kind ? [kind] : []));
	const textOf = ({ id, purpose, question }: TurnState): string =>
		purpose === 'describe'
			? describeQuestion(id === turn.id ? kinds : [...kinds, ...removedKinds], language)
			: question;
	const before = state.turns.filter(({ id }) => id < turn.id);
	const earlier = await earlierTurns(before, textOf, (file) => images.read(state.id, file));
	return { purpose: turn.purpose, system: systemText(), attachments, addresses, earlier, question: textOf(turn) };
}
