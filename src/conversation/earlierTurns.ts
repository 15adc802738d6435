import type { ImagePart, TextPart } from '../client/request.ts';
import type { EarlierTurn } from '../models/model.ts';
import { withoutPageLinks } from '../models/pageLink.ts';
import type { TurnState } from './messages.ts';

/** The turns that were answered, as they go along with the next question. */
export async function earlierTurns(
	turns: readonly TurnState[],
	questionOf: (turn: TurnState) => string,
	imageOf: (file: string) => Promise<Uint8Array | undefined>,
): Promise<readonly EarlierTurn[]> {
	const answered = turns.filter(({ answer, items }) => answer !== '' || items.some(({ kind }) => kind === 'image'));
	return Promise.all(
		answered.map(async (turn) => {
			// Only the reader on this device, which draws nothing, names pages by links.
			const answer = turn.items.length === 0 ? withoutPageLinks(turn.answer) : turn.answer;
			return { question: questionOf(turn), answer, parts: await answerParts({ ...turn, answer }, imageOf) };
		}),
	);
}

/**
 * An answer's text and images, in order, as they go back to a server with the next question: each with the server's
 * own mark, where it set one. An image whose bytes are lost is left out.
 */
export async function answerParts(
	{ answer, items }: Pick<TurnState, 'answer' | 'items'>,
	imageOf: (file: string) => Promise<Uint8Array | undefined>,
): Promise<readonly (TextPart | ImagePart)[]> {
	const parts: (TextPart | ImagePart)[] = [];
	let end = 0;
	const textUpTo = (at: number): readonly TextPart[] => {
		const text = answer.slice(end, at);
		end = at;
		return text === '' ? [] : [{ kind: 'text', text }];
	};
	for (const item of items) {
		switch (item.kind) {
			case 'signature': {
				const [text = { kind: 'text', text: '' }] = textUpTo(item.at);
				parts.push({ ...text, signature: item.signature });
				break;
			}
			case 'image': {
				parts.push(...textUpTo(item.at));
				const content = await imageOf(item.file);
				if (content) {
					const { mediaType, signature } = item;
					parts.push({ kind: 'image', mediaType, content, ...(signature === undefined ? {} : { signature }) });
				}
				break;
			}
			case 'program':
				break;
		}
	}
	return [...parts, ...textUpTo(answer.length)];
}
