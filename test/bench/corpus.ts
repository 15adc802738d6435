/** A generator of numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		// mulberry32
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const words =
	'the harbour gate opens at high water and a boat that waits beyond the sill may enter only with the tide while `code` and *stress* and **more** or a [link](https://example.org/a) stand between'.split(
		' ',
	);

/** Blocks as documentation has them; numbers say how often, images in about every fifth. */
const blocks: readonly (readonly [weight: number, make: (random: () => number) => string])[] = [
	[30, (random) => sentence(random, 60)],
	[6, (random) => `${'#'.repeat(1 + Math.floor(random() * 4))} ${sentence(random, 5)}`],
	[6, (random) => list(random)],
	[4, (random) => `\`\`\`js\nconst a = ${Math.floor(random() * 100)};\n// ![not](an-image.png)\nreturn a;\n\`\`\``],
	[3, (random) => table(random)],
	[2, (random) => `> ${sentence(random, 30)}`],
	[7, (random) => `![${random() < 0.5 ? '' : sentence(random, 6)}](../images/${Math.floor(random() * 500)}.png)`],
	[
		2,
		(random) =>
			`${sentence(random, 10)} [![badge](https://example.org/b.svg)](https://example.org) ${sentence(random, 10)}`,
	],
	[1, (random) => `![${sentence(random, 4)}][image-${Math.floor(random() * 9)}]`],
	[1, (random) => `[image-${Math.floor(random() * 9)}]: ../images/reference.png "Title"`],
];

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

function sentence(random: () => number, count: number): string {
	return Array.from(
		{ length: 1 + Math.floor(random() * count) },
		() => words[Math.floor(random() * words.length)],
	).join(' ');
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
