import { lint } from 'markdownlint/sync';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import {
	createFinder,
	findImages,
	prepareRewrite,
	rewriteAltText,
	rewriteAltTexts,
} from '../../src/documents/index.ts';
import { randomNumbers } from '../randomNumbers.ts';
import { imagesDocument, markdownDocument } from './corpus.ts';

export async function benchDocuments(): Promise<void> {
	await benchFinding();
	for (const [name, document] of [
		['as in the corpus', markdownDocument(randomNumbers(3), 500_000)],
		['with an image in every other block', imagesDocument(randomNumbers(4), 500_000)],
	] as const) {
		await benchTyping(name, document);
		await benchManyRewrites(name, document);
	}
	await benchRewrites();
}

/** Finding images in 2,000 Markdown files of 20 MB, as CPU time against the peers in the same run. */
async function benchFinding(): Promise<void> {
	const random = randomNumbers(1);
	const documents = Array.from({ length: 2_000 }, () => markdownDocument(random, 10_000));
	const megabytes = documents.reduce((sum, { length }) => sum + length, 0) / 1e6;
	console.log(`${documents.length} Markdown documents, ${megabytes.toFixed(1)} MB`);
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
	// One call for all files, as its command line does.
	const strings = Object.fromEntries(documents.map((document, index) => [`${index}.md`, document]));
	const markdownlint = await cpu(() => lint({ strings, config: { default: false, MD045: true } }));
	console.log(`findImages                ${seconds(ours.ms)}  (${String(ours.result)} images)`);
	console.log(`remark-parse              ${seconds(remark.ms)}  ${ratio(remark.ms, ours.ms)} (goal: 2.5 times)`);
	console.log(
		`markdownlint, only MD045  ${seconds(markdownlint.ms)}  ${ratio(markdownlint.ms, ours.ms)} (goal: 8 times)`,
	);
}

const typed = [...'a harbour, ', '\n', '[', ']', '(', '!', '`', '*', '<', '> ', '- ', '#', '|', '```\n'];

/** The images of a document after each key, wherever it is pressed: half of the keys are near the start. */
async function benchTyping(name: string, document: string): Promise<void> {
	const random = randomNumbers(5);
	const find = createFinder('markdown');
	await find(document);
	const places = [...document.matchAll(/\n> |\n\[image-|\n```|\n\| /g)].map(({ index }) => index + 3);
	let text = document;
	const times: number[] = [];
	for (let key = 0; key < 1_000; key++) {
		const anywhere = Math.floor(random() * (key % 2 === 0 ? 2_000 : document.length));
		const at = key % 4 === 3 ? (places[Math.floor(random() * places.length)] ?? anywhere) : anywhere;
		const piece = typed[Math.floor(random() * typed.length)] ?? '';
		// Every other key is taken back, so that the document stays what it is.
		text = key % 2 === 0 ? document.slice(0, at) + piece + document.slice(at) : document;
		const began = performance.now();
		await find(text);
		times.push(performance.now() - began);
	}
	console.log(`a key in 500 KB of Markdown ${name}: ${spread(times)} (goal: p95 16 ms)`);
}

/** As many as a run over a file writes, spread over the document; read once, in the first of them. */
async function benchManyRewrites(name: string, document: string): Promise<void> {
	const images = await findImages(document, 'markdown');
	const every = Math.ceil(images.length / 50);
	const news = images
		.filter((_, index) => index % every === 0)
		.map((image) => ({ image, altText: 'A harbour [at] dusk' }));
	const reading = await cpu(() => prepareRewrite(document, 'markdown'));
	const writing = await cpu(() => rewriteAltTexts(document, 'markdown', news));
	const each = (writing.ms / news.length).toFixed(1);
	console.log(
		`${news.length} proven rewrites in 500 KB of Markdown ${name}: ${seconds(reading.ms)} once, then ${each} ms each`,
	);
}

/** Documents of 20 KB. */
const samples: readonly (readonly [name: string, languageId: string, make: () => string])[] = [
	['as in the corpus', 'markdown', () => markdownDocument(randomNumbers(2), 20_000)],
	['an image a paragraph', 'markdown', () => imagesDocument(randomNumbers(2), 20_000)],
	[
		'200 tags',
		'markdown',
		() => 'Some **text**, [a link](https://a.b/c) and <img src="d.png" width="100"> and more `code`.\n\n'.repeat(220),
	],
	[
		'200 tags in one table',
		'markdown',
		() => `| a | b |\n|---|---|\n${'| <img src="c.png"> | ![d](e.png) *f* [g](h) [i](j) |\n'.repeat(360)}`,
	],
	[
		'200 tags in one HTML block',
		'markdown',
		() =>
			`<div>\n${'<p class="a">Some <b>text</b>, <a href="https://a.b/c">a link</a> and <img src="d.png"></p>\n'.repeat(220)}</div>\n`,
	],
	[
		'a list of references',
		'markdown',
		() => `${'- Some *text* and ![an image][a] and [a link][b] and `code`\n'.repeat(330)}\n[a]: c.png\n[b]: d\n`,
	],
	[
		'200 tags',
		'html',
		() =>
			'<!doctype html>\n' +
			'<p class="a">Some <b>text</b>, <a href="https://a.b/c">a link</a> and <img src="d.png"> &amp; more.</p>\n'.repeat(
				200,
			),
	],
	[
		'140 components',
		'typescriptreact',
		() =>
			Array.from(
				{ length: 140 },
				(_, index) =>
					`export function A${index}({ b }: C) {\n\tconst [d, e] = useState<F>(null);\n\treturn <p onClick={() => e(d)}><img src="g" alt="h" /></p>;\n}\n\n`,
			).join(''),
	],
	[
		'360 images',
		'mdx',
		() =>
			"import { Card } from './card'\n\n" +
			'Some *text* with `code` and a [link](https://a.b/c), and ![An image](d.png "t") and <img src="e" alt="f" />.\n\n'.repeat(
				180,
			),
	],
	['1,000 tags', 'mdx', () => '<p><b>{c}</b> <img src="d" alt="e" /></p>\n\n'.repeat(480)],
];

async function benchRewrites(): Promise<void> {
	for (const [name, languageId, make] of samples) {
		const document = make();
		const images = await findImages(document, languageId);
		const times: number[] = [];
		for (const image of images.slice(0, 40)) {
			const began = performance.now();
			await rewriteAltText(document, languageId, image, 'A harbour [at] dusk');
			times.push(performance.now() - began);
		}
		const size = (document.length / 1_000).toFixed(0);
		console.log(`a proven rewrite in ${languageId}, ${size} KB, ${name}: ${spread(times)} (goal: 100 ms)`);
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

function spread(times: readonly number[]): string {
	const sorted = times.toSorted((one, other) => one - other);
	const at = (share: number): string =>
		(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
	return `p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)} ms of ${times.length}`;
}
