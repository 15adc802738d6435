import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import sharp from 'sharp';
import type { Box, PdfAttachment } from '../../../src/attachments/attachment.ts';
import { repairedPdf } from '../../../src/attachments/pdf/pdfRepair.ts';
import { text, writePdf } from '../../writePdf.ts';
import { never } from './fixtures.ts';
import { pdfReaders } from './pdfReaders.ts';

/** The files that test/fixtures/pdfs/make.sh made. */
describe('PDFs of many kinds', function () {
	this.timeout(20_000);
	const { pdfs: reader } = pdfReaders();

	const bytesOf = async (name: string): Promise<Uint8Array> =>
		new Uint8Array(await readFile(new URL(`../../fixtures/pdfs/${name}`, import.meta.url)));
	const read = async (name: string, password?: string): Promise<PdfAttachment> =>
		reader.read(name, await bytesOf(name), password === undefined ? {} : { password }, never);
	const allText = ({ pages }: PdfAttachment): string => pages.map((page) => page.text).join('\n');

	for (const name of ['text', 'two-columns', 'table', 'rotated', 'labels', 'figures']) {
		it(`reads the words of ${name}.pdf that pdftotext reads, in its order`, async () => {
			const reference = new TextDecoder().decode(await bytesOf(`${name}.txt`));
			assert.deepEqual(words(allText(await read(`${name}.pdf`))), words(reference));
		});
	}

	it('draws pages as another renderer does, upright, figures and all', async () => {
		const references = await readdir(new URL('../../fixtures/pdfs/reference/', import.meta.url));
		assert.ok(references.length > 12);
		for (const name of references) {
			const [, file = '', page = ''] = /^(.*)-(\d+)\.png$/.exec(name) ?? [];
			const reference = await bytesOf(`reference/${name}`);
			const picture = await (await read(`${file}.pdf`)).draw(Number(page), 1568, never);
			assert.ok(picture);
			const { width, height } = await sharp(reference).metadata();
			assert.ok(Math.abs(picture.width / picture.height - width / height) < 0.01, name);
			// Small, as each renderer smooths in a way of its own.
			const small = (bytes: Uint8Array): Promise<Buffer> =>
				sharp(bytes)
					.greyscale()
					.resize({ width: Math.round(width / 6), height: Math.round(height / 6), fit: 'fill' })
					.raw()
					.toBuffer();
			const [expected, drawn] = await Promise.all([small(reference), small(picture.bytes)]);
			const ink = expected.reduce((sum, level) => sum + 255 - level, 0);
			const error = expected.reduce((sum, level, index) => sum + Math.abs(level - (drawn[index] ?? NaN)), 0);
			assert.ok(error <= 0.25 * ink, `${name}: ${error} of ${ink}`);
		}
	});

	it('knows the numbers printed on pages', async () => {
		const { pages } = await read('labels.pdf');
		assert.deepEqual(
			pages.map(({ label }) => label),
			['i', 'ii', 'iii', '1', '2', '3', '4', '5', 'A-1', 'A-2'],
		);
	});

	it('tells scans, figures, text and blank pages apart', async () => {
		const { pages } = await read('figures.pdf');
		assert.deepEqual(
			pages.map(({ shows }) => shows),
			// The sixth has a table with rules, the seventh rows in grey, the eighth a small mark: none is a figure.
			['text', 'text-and-figures', 'text-and-figures', 'picture', 'nothing', 'text', 'text', 'text'],
		);
	});

	it('takes letters that nobody can name for a picture', async () => {
		const [page] = (await read('nameless-letters.pdf')).pages;
		assert.deepEqual([page?.text, page?.shows], ['', 'picture']);
	});

	it('says where words stand on the upright page, however it is turned', async () => {
		const pdf = await read('rotated.pdf');
		const [, , width, height] = [10, 20, 612, 792];
		// The first word begins 72 points from the left and ends about 64 from the top of the unturned page.
		const expected: readonly Partial<Box>[] = [
			{ left: 72, top: 64 },
			{ left: height - 72, top: 72 },
			{ left: width - 106, top: height - 72 },
			{ left: 64, top: width - 106 },
		];
		for (const [index, { left = 0, top = 0 }] of expected.entries()) {
			const [line] = await pdf.lines(index + 1, never);
			assert.deepEqual(
				line?.words.map((word) => word.text),
				['Turned', 'by', String(90 * index), 'degrees'],
			);
			const box = line.words[0]?.box;
			assert.ok(box && Math.abs(box.left - left) < 1 && Math.abs(box.top - top) < 1, JSON.stringify(box));
			const page = pdf.pages[index];
			assert.ok(page && line.box.left + line.box.width <= page.width && line.box.top + line.box.height <= page.height);
		}
	});

	it('gives lines in the order of the text', async () => {
		const pdf = await read('two-columns.pdf');
		const lines = await pdf.lines(1, never);
		assert.deepEqual(
			lines.flatMap((line) => line.words.map((word) => word.text)),
			words(pdf.pages[0]?.text ?? ''),
		);
		const [first, last] = [lines[0], lines.at(-1)];
		assert.ok(first && last && first.box.left + first.box.width < last.box.left, 'columns stand side by side');
	});

	it('reads what is filled in on a form, but no password', async () => {
		assert.equal(
			allText(await read('form.pdf')),
			[
				'Application for a berth',
				'Name',
				'Vessel',
				'Remarks',
				'Pump-out wanted',
				'Name of owner: Ada Lovelace',
				'vessel: Różnica Ω',
				'season: Winter',
				'pump-out: Yes',
			].join('\n'),
		);
	});

	it('says of a form that only its own program shows that it cannot be read, and reads one that has pages', async () => {
		for (const name of ['dynamic-form.pdf', 'dynamic-form-unsaid.pdf']) {
			await assert.rejects(read(name), { name: 'AttachmentFailure', kind: 'dynamic-form' });
		}
		assert.match(allText(await read('hybrid-form.pdf')), /page by page/);
	});

	it('runs no script of a file', async () => {
		const pdf = await read('javascript.pdf');
		assert.match(allText(pdf), /^The script of this file.*\ntotal: 12$/);
		assert.ok(await pdf.draw(1, 400, never));
		assert.match(allText(await read('javascript.pdf')), /total: 12$/);
	});

	it('opens locked files with their password, and tells a wrong one from none', async () => {
		const expected = allText(await read('text.pdf'));
		const passwords = {
			'locked-rc4-40.pdf': 'secret',
			'locked-rc4-128.pdf': 'secret',
			'locked-aes-128.pdf': 'secret',
			'locked-aes-256.pdf': 'pässwort',
		};
		for (const [name, password] of Object.entries(passwords)) {
			await assert.rejects(read(name), { name: 'AttachmentFailure', kind: 'locked' });
			await assert.rejects(read(name, 'Secret'), { name: 'AttachmentFailure', kind: 'wrong-password' });
			const pdf = await read(name, password);
			assert.equal(allText(pdf), expected);
			assert.equal(pdf.opensElsewhere, false);
			assert.ok(await pdf.draw(2, 200, never));
		}
	});

	it('keeps a password out of what it hands on, and out of what the log is told', async () => {
		const everything = (value: unknown): string => inspect(value, { depth: Infinity, maxStringLength: Infinity });
		const name = 'locked-aes-256.pdf';
		assert.doesNotMatch(everything(await read(name, 'pässwort')), /pässwort/);
		const failure: unknown = await read(name, 'Tried-before-7').catch((error: unknown) => error);
		assert.match(everything(failure), /wrong-password/);
		assert.doesNotMatch(everything(failure), /Tried-before-7/);
	});

	it('needs no password for a file that only its owner has locked', async () => {
		const pdf = await read('owner-only.pdf');
		assert.equal(allText(pdf), allText(await read('text.pdf')));
		assert.equal(pdf.opensElsewhere, true);
	});

	it('keeps the pages of a file of which one is lost', async () => {
		const pdf = await read('lost-page.pdf');
		assert.deepEqual(
			pdf.pages.map(({ shows }) => shows),
			['damaged', 'text'],
		);
		assert.equal(await pdf.draw(1, 200, never), undefined);
	});

	it('reads what is left of a file without its end', async () => {
		const pdf = await read('truncated.pdf');
		assert.deepEqual(
			pdf.pages.map(({ label, text: own, shows }) => `${label} ${own} ${shows}`),
			[
				'i This is leaf 1. text',
				'ii This is leaf 2. text',
				...['iii', '1', '2', '3', '4', '5', 'A-1', 'A-2'].map((label) => `${label}  damaged`),
			],
		);
		assert.equal(pdf.opensElsewhere, false);
		const packed = await read('truncated-packed.pdf');
		assert.equal(packed.pages.length, 8);
		assert.match(packed.pages[5]?.text ?? '', /^Tariff of berths/);
	});

	it('repairs a file of however many objects', () => {
		const objects = Array.from({ length: 150_000 }, (_, index) => `${index + 2} 0 obj\nnull\nendobj\n`);
		assert.ok(repairedPdf(Buffer.from(`1 0 obj\n<< /Type /Page >>\nendobj\n${objects.join('')}`)));
	});

	it('reads a file of 500 pages', async () => {
		const pages = Array.from({ length: 500 }, (_, index) => ({ content: text([`Leaf ${index + 1} of the log.`]) }));
		const pdf = await reader.read('log.pdf', writePdf({ pages }), {}, never);
		assert.equal(pdf.pages.length, 500);
		assert.equal(pdf.pages[499]?.text, 'Leaf 500 of the log.');
	});

	it('draws at the same time for several who ask', async () => {
		const [one, other] = [await read('text.pdf'), await read('figures.pdf')];
		const pictures = await Promise.all([one.draw(1, 300, never), other.draw(2, 300, never), one.draw(2, 300, never)]);
		assert.deepEqual(
			pictures.map((picture) => picture?.height),
			[300, 300, 300],
		);
	});
});

function words(text: string): string[] {
	return text.match(/\S+/g) ?? [];
}
