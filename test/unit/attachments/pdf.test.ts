import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { AttachmentFailureKind } from '../../../src/attachments/attachmentFailure.ts';
import { PdfReader } from '../../../src/attachments/pdf/pdf.ts';
import { ascii, fixture, never } from './fixtures.ts';
import { pdfReaders } from './pdfReaders.ts';

describe('PdfReader', function () {
	this.timeout(20_000);
	const { images, pdfs: reader } = pdfReaders();

	const read = (bytes: Uint8Array, password?: string) =>
		reader.read('a.pdf', bytes, password === undefined ? {} : { password }, never);
	const drawn = async (name: string, page = 1, maxSide = 1000) =>
		(await read(await fixture(name))).draw(page, maxSide, never);
	const fails = (bytes: Uint8Array, kind: AttachmentFailureKind) =>
		assert.rejects(read(bytes), { name: 'AttachmentFailure', kind });

	it('reads title, outline and the text of every page', async () => {
		const bytes = await fixture('pages.pdf');
		const { draw, lines, ...pdf } = await read(bytes);
		assert.ok(draw.length > 0 && lines.length > 0);
		const page = (number: number, width: number, height: number, text: string) => ({
			number,
			label: String(number),
			text,
			width,
			height,
			shows: 'text' as const,
		});
		assert.deepEqual(
			{ ...pdf, bytes: Buffer.from(pdf.bytes) },
			{
				kind: 'pdf',
				name: 'a.pdf',
				bytes: Buffer.from(bytes),
				fileSize: bytes.length,
				opensElsewhere: true,
				title: 'Notes on the winch',
				outline: [
					{ title: 'The winch', page: 1, depth: 0 },
					{ title: 'Repairs', page: 1, depth: 1 },
					{ title: 'Ferries', page: 2, depth: 0 },
				],
				pages: [
					page(
						1,
						612,
						792,
						'The winch on the north pier lifts four tonnes.\nIt was built in 1911 and repaired in 1987.',
					),
					page(2, 612, 792, 'Ferries to Sker leave at eight and at noon.\nIn winter the noon ferry does not sail.'),
					// It is turned by a quarter.
					page(3, 792, 612, 'Silt is removed from the basin every March.'),
				],
			},
		);
	});

	it('draws pages when asked, turned as they are to be read', async () => {
		const pdf = await read(await fixture('pages.pdf'));
		const [first, , last] = [
			await pdf.draw(1, 1000, never),
			await pdf.draw(2, 1000, never),
			await pdf.draw(3, 1000, never),
		];
		assert.deepEqual([first?.mediaType, first?.width, first?.height], ['image/png', 773, 1000]);
		assert.deepEqual([last?.mediaType, last?.width, last?.height], ['image/png', 1000, 773]);
		assert.ok(first);
		const { dominant, channels } = await sharp(first.bytes).stats();
		assert.ok(dominant.r > 240 && dominant.b > 240, 'paper is white');
		assert.ok(
			channels.every(({ min }) => min < 60),
			'letters are black',
		);
		assert.equal(await pdf.draw(4, 1000, never), undefined);
	});

	it('draws colours as they are', async () => {
		const picture = await drawn('columns.pdf');
		assert.ok(picture);
		const box = { left: 570, top: 800, width: 1, height: 1 };
		assert.deepEqual([...(await sharp(picture.bytes).extract(box).raw().toBuffer())], [255, 0, 0]);
	});

	it('draws no finer than 150 dots per inch', async () => {
		const picture = await drawn('pages.pdf', 1, 9000);
		assert.deepEqual([picture?.width, picture?.height], [1275, 1650]);
	});

	it('keeps columns apart and joins words cut at the end of a line', async () => {
		const { pages } = await read(await fixture('columns.pdf'));
		assert.match(
			pages[0]?.text ?? '',
			/left column is read first\s+and speaks of the outgoing tide\.\s+The right column is read second\s+and speaks of the gate/,
		);
	});

	it('knows a scan', async () => {
		const { pages } = await read(await fixture('scan.pdf'));
		assert.deepEqual([pages[0]?.text, pages[0]?.shows], ['', 'picture']);
		assert.ok(await drawn('scan.pdf'));
	});

	it('reads a PDF behind junk', async () => {
		assert.equal((await read(await fixture('junk-before.pdf'))).pages.length, 3);
	});

	it("leaves the caller's bytes usable", async () => {
		const bytes = await fixture('pages.pdf');
		const before = Uint8Array.from(bytes);
		await read(bytes);
		assert.deepEqual(bytes, before);
	});

	it('says why a PDF cannot be read', async () => {
		await fails(new Uint8Array(), 'empty-file');
		await fails(ascii('no PDF'), 'unsupported-type');
		await fails(await fixture('flag.png'), 'unsupported-type');
		await fails(await fixture('locked.pdf'), 'locked');
		// Its table of contents is there, and none of its pages.
		await fails(await fixture('truncated.pdf'), 'damaged');
		await fails(ascii('%PDF-1.7\nnothing more'), 'damaged');
		await fails(await fixture('no-pages.pdf'), 'no-pages');
		assert.equal((await read(await fixture('pages.pdf'))).pages.length, 3);
	});

	it('makes a thumbnail of the first page', async () => {
		const thumbnail = await reader.thumbnail(await fixture('pages.pdf'), never);
		assert.deepEqual([thumbnail.width, thumbnail.height], [87, 112]);
		assert.ok(thumbnail.bytes.length < 10_000);
		await assert.rejects(reader.thumbnail(await fixture('locked.pdf'), never), { kind: 'locked' });
	});

	it('stops when aborted, and works again afterwards', async () => {
		const controller = new AbortController();
		const bytes = await fixture('pages.pdf');
		const stopped = reader.read('a', bytes, {}, controller.signal);
		controller.abort();
		await assert.rejects(stopped, { name: 'AbortError' });
		assert.equal((await read(bytes)).pages.length, 3);
	});

	it('keeps all other pages when reading or drawing one kills the worker, or fails', async () => {
		const fragile = new PdfReader(new URL('./workers/', import.meta.url), images);
		const pdf = await fragile.read('a', ascii('%PDF-1.7'), {}, never);
		assert.deepEqual(
			pdf.pages.map(({ text, shows }) => `${text} ${shows}`),
			['Page 1. text', ' damaged', 'Page 3. text', 'Page 4. text'],
		);
		const pictures = [];
		for (const { number } of pdf.pages) {
			pictures.push((await pdf.draw(number, 100, never)) !== undefined);
		}
		fragile.end();
		assert.deepEqual(pictures, [true, false, false, true]);
	});
});
