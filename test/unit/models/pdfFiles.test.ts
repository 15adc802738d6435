import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAttachmentReader } from '../../../src/attachments/index.ts';
import { pdfParts, type PdfReading } from '../../../src/models/parts/pdfParts.ts';

/** With the built workers, as they are shipped. */
describe('pdfParts of files', function () {
	this.timeout(20_000);
	const cache = mkdtempSync(join(tmpdir(), 'descry-test-'));
	const reader = createAttachmentReader(new URL('../../../dist/workers/', import.meta.url), cache);
	after(async () => {
		reader.dispose();
		await rm(cache, { recursive: true });
	});

	const never = new AbortController().signal;
	const local: PdfReading = {
		endpoint: { protocol: 'chat-completions', baseUrl: 'http://127.0.0.1:1234/v1' },
		model: 'any',
		sees: 'unknown',
		purpose: 'ask',
		questions: ['What was greased?'],
		files: 1,
		pictures: Infinity,
		pictureBytes: Infinity,
		readText: reader.readText,
	};
	const read = async (path: string) =>
		reader.readPdf(path, new Uint8Array(await readFile(new URL(`../../fixtures/${path}`, import.meta.url))), {}, never);

	it('recognise a scan for a model that sees nothing, and show it to others', async () => {
		const scan = await read('attachments/scan.pdf');
		const { parts, coverage } = await pdfParts(scan, 1, { ...local, sees: 'no' }, never);
		assert.equal(parts.length, 1);
		assert.ok(parts[0]?.kind === 'text');
		assert.match(parts[0].text, /\[page 1, recognised, possibly with errors\]\nHarbour office, Old Quay\n/);
		assert.deepEqual(coverage().recognisedPages, [1]);
		const shown = await pdfParts(scan, 1, local, never);
		const picture = shown.parts.find((part) => part.kind === 'image');
		assert.ok(picture?.content instanceof Uint8Array && picture.content.length > 1_000);
		assert.deepEqual(shown.coverage().picturePages, [1]);
	});

	it('draw only what has figures', async () => {
		const { parts, coverage } = await pdfParts(await read('pdfs/figures.pdf'), 1, local, never);
		assert.deepEqual(coverage().picturePages, [2, 3, 4]);
		assert.equal(parts.filter(({ kind }) => kind === 'image').length, 3);
		assert.deepEqual(coverage().textPages, [1, 2, 3, 5, 6, 7, 8]);
	});

	it('find the page of a book for a server with little room', async () => {
		const book = await read('books/handbook.pdf');
		const ollama = { protocol: 'chat-completions', baseUrl: 'http://127.0.0.1:11434/v1' };
		const questions = ['How do I hold a circuit open by hand?'];
		const { parts, coverage } = await pdfParts(book, 1, { ...local, endpoint: ollama, questions }, never);
		const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
		assert.match(text, /Manually holds the circuit open/);
		assert.ok(text.length < 14_000, `${text.length} characters`);
		assert.equal(coverage().whole, false);
		assert.ok(coverage().textPages.length < 10);
	});
});
