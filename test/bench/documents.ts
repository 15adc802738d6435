import { lint } from 'markdownlint/sync';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { findImages, rewriteAltText } from '../../src/documents/index.ts';
import { markdownDocument, randomNumbers } from './corpus.ts';

const count = 2_000;
const size = 10_000;

/** Finding images in 2,000 Markdown files of 20 MB, as CPU time against the peers in the same run. */
export async function benchDocuments(): Promise<void> {
	const random = randomNumbers(1);
	const documents = Array.from({ length: count }, () => markdownDocument(random, size));
	const megabytes = documents.reduce((sum, { length }) => sum + length, 0) / 1e6;
	console.log(`${count} Markdown documents, ${megabytes.toFixed(1)} MB`);
	const parser = unified().use(remarkParse);
	const ours = await cpu(async () => {
		let images = 0;
		for (const document of documents) {
			images += (await findImages(document, 'markdown')).length;
		}
		return images;
	});
	const remark = await cpu(() => {
		documents.forEach((document) => parser.parse(document));
	});
	const markdownlint = await cpu(() => {
		documents.forEach((document) => lint({ strings: { document }, config: { default: false, MD045: true } }));
	});
	console.log(`findImages                ${seconds(ours.ms)}  (${String(ours.result)} images)`);
	console.log(`remark-parse              ${seconds(remark.ms)}  ${ratio(remark.ms, ours.ms)} (goal: 2.5 times)`);
	console.log(
		`markdownlint, only MD045  ${seconds(markdownlint.ms)}  ${ratio(markdownlint.ms, ours.ms)} (goal: 8 times)`,
	);
	await benchRewrites();
}

/** Documents of 20 KB with an image in about every paragraph. */
const samples: readonly (readonly [languageId: string, make: () => string])[] = [
	['markdown', () => markdownDocument(randomNumbers(2), 20_000)],
	[
		'html',
		() =>
			'<!doctype html>\n' +
			'<p class="a">Some <b>text</b>, <a href="https://a.b/c">a link</a> and <img src="d.png"> &amp; more.</p>\n'.repeat(
				200,
			),
	],
	[
		'typescriptreact',
		() =>
			Array.from(
				{ length: 140 },
				(_, index) =>
					`export function A${index}({ b }: C) {\n\tconst [d, e] = useState<F>(null);\n\treturn <p onClick={() => e(d)}><img src="g" alt="h" /></p>;\n}\n\n`,
			).join(''),
	],
	[
		'mdx',
		() =>
			"import { Card } from './card'\n\n" +
			'Some *text* with `code` and a [link](https://a.b/c), and ![An image](d.png "t") and <img src="e" alt="f" />.\n\n'.repeat(
				180,
			),
	],
];

async function benchRewrites(): Promise<void> {
	for (const [languageId, make] of samples) {
		const document = make();
		const images = (await findImages(document, languageId)).slice(0, 40);
		const times: number[] = [];
		for (const image of images) {
			const began = performance.now();
			await rewriteAltText(document, languageId, image, 'A harbour [at] dusk');
			times.push(performance.now() - began);
		}
		times.sort((one, other) => one - other);
		const size = (document.length / 1_000).toFixed(0);
		console.log(
			`one proven rewrite, ${languageId}, ${size} KB: median ${middle(times).toFixed(1)} ms of ${times.length} (goal: 100 ms)`,
		);
	}
}

async function cpu<Result>(
	work: () => Result | Promise<Result>,
): Promise<{ readonly ms: number; readonly result: Result }> {
	const before = process.cpuUsage();
	const result = await work();
	const { user, system } = process.cpuUsage(before);
	return { ms: (user + system) / 1_000, result };
}

function seconds(ms: number): string {
	return `${(ms / 1_000).toFixed(2).padStart(6)} s CPU`;
}

function ratio(peer: number, own: number): string {
	return `${(peer / own).toFixed(1)} times ours`;
}

function middle(sorted: readonly number[]): number {
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
