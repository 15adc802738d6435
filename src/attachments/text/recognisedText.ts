export interface RecognisedText {
	/** Lines as they stand in the picture, an empty one between paragraphs; empty when there is no text. */
	readonly text: string;
	/** Mean of the words' confidences, 0 to 100; 0 without text. */
	readonly confidence: number;
}

/** Below this mean confidence a line was never text in what was tried; single words of small print fall lower. */
const leastLineConfidence = 40;

/**
 * The lines of Tesseract's table that are text by all appearances.
 * @param table A row a word: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
 */
export function joinLines(table: string): RecognisedText {
	const words = table.split('\n').flatMap((row) => {
		const [level, , block, paragraph, line, , , , , , confidence, text] = row.split('\t');
		return level === wordLevel && text?.trim()
			? [
					{
						paragraph: `${block}.${paragraph}`,
						line: `${block}.${paragraph}.${line}`,
						confidence: Number(confidence),
						text,
					},
				]
			: [];
	});
	const lines = [...grouped(words, ({ line }) => line).values()].filter(
		(line) => mean(line) >= leastLineConfidence && line.some(({ text }) => /[\p{L}\p{N}]/u.test(text)),
	);
	const paragraphs = grouped(lines, ([first]) => first?.paragraph);
	const text = [...paragraphs.values()]
		.map((paragraph) => paragraph.map((line) => line.map((word) => word.text).join(' ')).join('\n'))
		.join('\n\n');
	return { text, confidence: Math.round(mean(lines.flat())) };
}

const wordLevel = '5';

function mean(words: readonly { readonly confidence: number }[]): number {
	return words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length);
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key) ?? [];
		group.push(item);
		groups.set(key, group);
	}
	return groups;
}
