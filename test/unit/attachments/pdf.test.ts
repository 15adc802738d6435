import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { AttachmentFailureKind } from '../../../src/attachments/attachmentFailure.ts';
import { ImageReader } from '../../../src/attachments/image.ts';
import { PdfReader } from '../../../src/attachments/pdf.ts';
import { ascii, assets, fixture, never } from './fixtures.ts';

describe('PdfReader', function () {
	this.timeout(20_000);
	const images = new ImageReader(assets);
	const reader = new PdfReader(assets, images);
	after(() => {
		reader.end();
		images.end();
	});

	const read = (bytes: Uint8Array, pictures = 0) => reader.read('a.pdf', bytes, { pictures, maxSide: 1000 }, never);
	const fails = (bytes: Uint8Array, kind: AttachmentFailureKind) =>
		assert.rejects(read(bytes), { name: 'AttachmentFailure', kind });

	it('reads title, outline and the text of every page', async () => {
		const bytes = await fixture('pages.pdf');
		assert.deepEqual(await read(bytes), {
			kind: 'pdf',
			name: 'a.pdf',
			fileSize: bytes.length,
			title: 'Notes on the winch',
			outline: [
				{ title: 'The winch', page: 1, depth: 0 },
				{ title: 'Repairs', page: 1, depth: 1 },
				{ title: 'Ferries', page: 2, depth: 0 },
			],
			pages: [
				{
					number: 1,
					text: 'The winch on the north pier lifts four tonnes.\nIt was built in 1911 and repaired in 1987.',
					picture: undefined,
				},
				{
					number: 2,
					text: 'Ferries to Sker leave at eight and at noon.\nIn winter the noon ferry does not sail.',
					picture: undefined,
				},
				{ number: 3, text: 'Silt is removed from the basin every March.', picture: undefined },
			],
		});
	});

	it('draws the first pages, turned as they are to be read', async () => {
		const { pages } = await read(await fixture('pages.pdf'), 5);
		assert.deepEqual(
			pages.map(({ picture }) => [picture?.mediaType, picture?.width, picture?.height]),
			[
				['image/png', 773, 1000],
				['image/png', 773, 1000],
				['image/png', 1000, 773],
			],
		);
		const [first] = pages;
		assert.ok(first?.picture);
		const { dominant, channels } = await sharp(first.picture.bytes).stats();
		assert.ok(dominant.r > 240 && dominant.b > 240, 'paper is white');
		assert.ok(
			channels.every(({ min }) => min < 60),
			'letters are black',
		);
		assert.equal((await read(await fixture('pages.pdf'), 2)).pages.filter(({ picture }) => picture).length, 2);
	});

	it('draws colours as they are', async () => {
		const { pages } = await read(await fixture('columns.pdf'), 1);
		assert.ok(pages[0]?.picture);
		const box = { left: 570, top: 800, width: 1, height: 1 };
		assert.deepEqual([...(await sharp(pages[0].picture.bytes).extract(box).raw().toBuffer())], [255, 0, 0]);
	});

	it('draws no finer than 150 dots per inch', async () => {
		const { pages } = await reader.read('a', await fixture('pages.pdf'), { pictures: 1, maxSide: 9000 }, never);
		assert.deepEqual([pages[0]?.picture?.width, pages[0]?.picture?.height], [1275, 1650]);
	});

	it('keeps columns apart and joins words cut at the end of a line', async () => {
		const { pages } = await read(await fixture('columns.pdf'));
		assert.match(
			pages[0]?.text ?? '',
			/left column is read first\s+and speaks of the outgoing tide\.\s+The right column is read second\s+and speaks of the gate/,
		);
	});

	it('gives pictures and no text for a scan', async () => {
		const { pages } = await read(await fixture('scan.pdf'), 1);
		assert.equal(pages[0]?.text, '');
		assert.ok(pages[0].picture);
	});

	it('reads a PDF behind junk', async () => {
		assert.equal((await read(await fixture('junk-before.pdf'))).pages.length, 3);
	});

	it("leaves the caller's bytes usable", async () => {
		const bytes = await fixture('pages.pdf');
		const before = Uint8Array.from(bytes);
		await read(bytes, 1);
		assert.deepEqual(bytes, before);
	});

	it('says why a PDF cannot be read', async () => {
		await fails(new Uint8Array(), 'empty-file');
		await fails(ascii('no PDF'), 'unsupported-type');
		await fails(await fixture('flag.png'), 'unsupported-type');
		await fails(await fixture('locked.pdf'), 'locked');
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
		const stopped = reader.read('a', bytes, { pictures: 3, maxSide: 2048 }, controller.signal);
		controller.abort();
		await assert.rejects(stopped, { name: 'AbortError' });
		assert.equal((await read(bytes)).pages.length, 3);
	});

	it('keeps text and all other pictures when drawing a page kills the worker, or fails', async () => {
		const fragile = new PdfReader(new URL('./workers/', import.meta.url), images);
		const { pages } = await fragile.read('a', ascii('%PDF-1.7'), { pictures: 4, maxSide: 100 }, never);
		fragile.end();
		assert.deepEqual(
			pages.map(({ text }) => text),
			['Page 1.', 'Page 2.', 'Page 3.', 'Page 4.'],
		);
		assert.deepEqual(
			pages.map(({ picture }) => picture !== undefined),
			[true, false, false, true],
		);
	});
});
