import { readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ImageReader } from '../../src/attachments/images/image.ts';
import { bestPassages } from '../../src/attachments/passages/passages.ts';
import { PdfReader } from '../../src/attachments/pdf/pdf.ts';
import { node24, repository } from '../host/repository.ts';
import { finish, run } from '../host/run.ts';
import { text, writePdf } from '../writePdf.ts';

const pageCount = 500;
const rounds = 5;
const never = new AbortController().signal;

/** A book of 500 pages, read, drawn and searched; where there is a `pdftotext`, as ratios to it in the same run. */
export async function benchPdf(): Promise<void> {
	await run(node24, ['esbuild.mjs'], { cwd: repository });
	const workers = pathToFileURL(join(repository, 'dist', 'workers', '/'));
	const folder = await mkdtemp(join(tmpdir(), 'descry-bench-'));
	const images = new ImageReader(workers);
	try {
		const bytes = await book(workers, images);
		const file = join(folder, 'book.pdf');
		await writeFile(file, bytes);
		console.log(`${pageCount} pages, ${(bytes.length / 1e6).toFixed(1)} MB`);

		const cold: number[] = [];
		const whole: number[] = [];
		const peer: number[] = [];
		let letters = 0;
		for (let round = 0; round < rounds; round++) {
			const reader = new PdfReader(workers, images);
			const [page = new Uint8Array()] = [writePdf({ pages: [{ content: text(['One page.']) }] })];
			cold.push(await time(() => reader.read('one.pdf', page, {}, never)));
			whole.push(
				await time(async () => {
					const { pages } = await reader.read('book.pdf', bytes, {}, never);
					letters = pages.reduce((sum, { text: own }) => sum + own.length, 0);
				}),
			);
			reader.end();
			peer.push(await pdftotext(file));
		}
		const theirs = middle(peer);
		console.log(`cold start, one page            ${ms(middle(cold))}`);
		console.log(
			`open and all text, ${(letters / 1e6).toFixed(1)} M letters ${ms(middle(whole))}  (goal: 1,200 ms${
				Number.isFinite(theirs)
					? `; pdftotext ${ms(theirs).trim()}, ${(middle(whole) / theirs).toFixed(1)} times it`
					: ''
			})`,
		);
		await benchOpen(bytes, workers, images);
	} finally {
		images.end();
		await rm(folder, { recursive: true, force: true });
	}
}

async function benchOpen(bytes: Uint8Array, workers: URL, images: ImageReader): Promise<void> {
	const reader = new PdfReader(workers, images);
	const before = process.memoryUsage().rss;
	const pdf = await reader.read('book.pdf', bytes, {}, never);
	await pdf.draw(1, 1_568, never);
	const pictures: number[] = [];
	for (let page = 2; page < 22; page++) {
		pictures.push(await time(() => pdf.draw(page, 1_800, never)));
	}
	console.log(`a page at 150 dpi, as PNG, warm ${ms(middle(pictures))}`);
	const lines = await time(() => pdf.lines(250, never));
	console.log(`where its words stand           ${ms(lines)}`);
	const first = await time(() => bestPassages(pdf, 'How do I stop a retry that waits?', 8));
	const next = await time(() => bestPassages(pdf, 'Which error do I get while the circuit is open?', 8));
	console.log(`first search in it              ${ms(first)}`);
	console.log(`next search                     ${ms(next)}`);
	console.log(`memory while it is open         +${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`);
	reader.end();
}

/** The text of the handbook among the fixtures, over and over. */
async function book(workers: URL, images: ImageReader): Promise<Uint8Array> {
	const reader = new PdfReader(workers, images);
	const handbook = await readFile(join(repository, 'test', 'fixtures', 'books', 'handbook.pdf'));
	const { pages } = await reader.read('handbook.pdf', new Uint8Array(handbook), {}, never);
	reader.end();
	return writePdf({
		pages: Array.from({ length: pageCount }, (_, index) => {
			const lines = `${pages[index % pages.length]?.text}\n${pages[(index + 7) % pages.length]?.text}`.split('\n');
			return { content: text(lines.slice(0, 60), { size: 9, leading: 11 }) };
		}),
	});
}

/** NaN where there is none. */
async function pdftotext(file: string): Promise<number> {
	let found = true;
	const took = await time(async () => {
		found = await finish('pdftotext', [file, '-'], {}).then(
			({ code }) => code === 0,
			() => false,
		);
	});
	return found ? took : NaN;
}

async function time(work: () => unknown): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

function middle(numbers: readonly number[]): number {
	return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

function ms(time: number): string {
	return `${Math.round(time).toLocaleString('en').padStart(6)} ms`;
}
