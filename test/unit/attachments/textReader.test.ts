import assert from 'node:assert/strict';
import { deviceTarget } from '../../../src/attachments/images/fit.ts';
import { TextReader } from '../../../src/attachments/text/textReader.ts';
import { assets, fixture, never } from './fixtures.ts';
import { pdfReaders } from './pdfReaders.ts';

describe('TextReader', function () {
	this.timeout(60_000);
	const { images, pdfs } = pdfReaders();
	const reader = new TextReader(assets);
	after(() => reader.end());

	const picture = async (name: string) => {
		const { attachment } = await images.open(name, await fixture(name), never);
		return attachment.pictureFor(deviceTarget, never);
	};
	const letter = [
		'Harbour office, Old Quay',
		'',
		'The winch was greased on 3 May and again in',
		'September. Two bolts of the flap gate were',
		'replaced, and one hinge needs a new pin.',
	].join('\n');

	it('reads printed text, line by line', async () => {
		const { text, confidence } = await reader.read(await picture('text.png'), never);
		assert.equal(text, letter);
		assert.ok(confidence > 80 && confidence <= 100);
	});

	it('reads a scanned page', async () => {
		const scan = await pdfs.read('scan.pdf', await fixture('scan.pdf'), {}, never);
		const page = await scan.draw(1, 2048, never);
		assert.ok(page);
		assert.equal((await reader.read(page, never)).text, letter);
	});

	it('finds nothing where nothing is written', async () => {
		for (const name of ['empty.png', 'photo.jpg', 'flag.png', 'dot.png']) {
			assert.deepEqual(await reader.read(await picture(name), never), { text: '', confidence: 0 });
		}
	});

	it('leaves the picture usable', async () => {
		const used = await picture('text.png');
		const before = Uint8Array.from(used.bytes);
		await reader.read(used, never);
		assert.deepEqual(used.bytes, before);
	});

	it('stops at once when aborted, and works again afterwards', async () => {
		const controller = new AbortController();
		const page = await picture('text.png');
		const stopped = reader.read(page, controller.signal);
		const began = performance.now();
		setImmediate(() => controller.abort());
		await assert.rejects(stopped, { name: 'AbortError' });
		assert.ok(performance.now() - began < 1000);
		assert.equal((await reader.read(page, never)).text, letter);
	});
});
