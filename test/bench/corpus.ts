const words =
	'the harbour gate opens at high water and a boat that waits beyond the sill may enter only with the tide while lock keepers stand between them'.split(
		' ',
	);
const marked = [
	'`code`',
	'*stress*',
	'**more**',
	'[link](https://example.org/a)',
	'[link][image-1]',
	'snake_case',
	'&amp;',
];

/** In one word of so many: a third of the paragraphs of the READMEs counted below have no markup. */
const markedWords = 1 / 20;

/**
 * Blocks as the 753 READMEs and change logs of this project's own packages and of the bench's peers have them
 * (5.8 MB): of 34,000 blocks, each 140 characters long on average, 33 % are headings,
 * 10 % lists, 7 % definitions, 2 % block quotes; 1.3 % hold an image of Markdown, 6 % an angle bracket, 29 % a bracket.
 * A fifth of the text is code, and half of the files have no image. Here three quarters have one, and there are more
 * tables, as in documentation: both cost Descry more.
 */
const blocks: readonly (readonly [weight: number, make: (random: () => number) => string])[] = [
	[320, (random) => sentence(random, 50)],
	[300, (random) => `${'#'.repeat(1 + Math.floor(random() * 4))} ${sentence(random, 5)}`],
	[100, (random) => list(random)],
	[105, (random) => code(random)],
	[60, (random) => `[image-${Math.floor(random() * 9)}]: ../images/reference.png "Title"`],
	[20, (random) => table(random)],
	[20, (random) => `> ${sentence(random, 30)}\n> ${sentence(random, 10)}`],
	[40, (random) => `${sentence(random, 10)} <kbd>Ctrl</kbd> <https://example.org/> ${sentence(random, 10)}`],
	[10, (random) => `<details>\n<summary>${sentence(random, 3)}</summary>\n\n${sentence(random, 20)}\n\n</details>`],
	[4, (random) => `<p align="center"><img src="logo.svg" width="200" alt="${sentence(random, 4)}"></p>`],
	[8, (random) => `![${random() < 0.5 ? '' : sentence(random, 6)}](../images/${Math.floor(random() * 500)}.png)`],
	[4, (random) => `${sentence(random, 10)} ${badge} ${badge} ${sentence(random, 10)}`],
	[1, (random) => `![${sentence(random, 4)}][image-${Math.floor(random() * 9)}]`],
];

const badge = '[![badge](https://example.org/b.svg)](https://example.org)';

const totalWeight = blocks.reduce((sum, [weight]) => sum + weight, 0);

/** A Markdown document of about so many characters. */
export function markdownDocument(random: () => number, length: number): string {
	const parts: string[] = [];
	for (let size = 0; size < length;) {
		let place = random() * totalWeight;
		const block = blocks.find(([weight]) => (place -= weight) < 0) ?? blocks[0];
		const text = block?.[1](random) ?? '';
		parts.push(text);
		size += text.length + 2;
	}
	return `${parts.join('\n\n')}\n`;
}

/** One with an image in every other block. */
export function imagesDocument(random: () => number, length: number): string {
	let text = '';
	while (text.length < length) {
		const image = `![${sentence(random, 12)}](../images/${Math.floor(random() * 500)}.png)`;
		text += `${sentence(random, 30)}\n\n${image}\n\n`;
	}
	return text;
}

function sentence(random: () => number, count: number): string {
	return Array.from({ length: 1 + Math.floor(random() * count) }, () => {
		const from = random() < markedWords ? marked : words;
		return from[Math.floor(random() * from.length)];
	}).join(' ');
}

function code(random: () => number): string {
	const lines = Array.from(
		{ length: 1 + Math.floor(random() * 6) },
		(_, index) => `const value${index} = await harbour.open('${Math.floor(random() * 100)}');`,
	);
	return ['```js', ...lines, ...(random() < 0.05 ? ['// ![not](an-image.png)'] : []), '```'].join('\n');
}

function list(random: () => number): string {
	return Array.from({ length: 2 + Math.floor(random() * 5) }, () => `- ${sentence(random, 15)}`).join('\n');
}

function table(random: () => number): string {
	const rows = Array.from(
		{ length: 2 + Math.floor(random() * 4) },
		() => `| ${sentence(random, 4)} | ${sentence(random, 4)} |`,
	);
	return ['| Day | Note |', '|---|---|', ...rows].join('\n');
}
