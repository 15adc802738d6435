import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { AttachmentFailure } from '../../src/attachments/attachmentFailure.ts';
import { ImageReader } from '../../src/attachments/images/image.ts';
import { PdfReader } from '../../src/attachments/pdf/pdf.ts';
import { repairedPdf } from '../../src/attachments/pdf/pdfRepair.ts';
import { randomNumbers } from '../randomNumbers.ts';

const workers = new URL('../../dist/workers/', import.meta.url);
const folders = ['pdfs', 'attachments', 'bad', '../playground/papers'];

/** Damaged files for the whole run; the same ones each time. */
const count = 500;

/** A worker that is silent for so long counts as hung, ms; the reader then goes on with the next page. */
const silence = 10_000;

/** Files in which a byte here and there is another, or a stretch is gone: none crashes the host, or keeps it waiting. */
describe('damaged PDFs', function () {
	this.timeout(600_000);
	const images = new ImageReader(workers);
	const reader = new PdfReader(workers, images, { silence, idle: 60_000 });
	const never = new AbortController().signal;
	after(() => {
		reader.end();
		images.end();
	});

	it(`are read as far as they go, or refused with a reason, ${count} times, without a hang or ever more memory`, async () => {
		const originals = await files();
		const random = randomNumbers(1);
		const outcomes = new Map<string, number>();
		let peak = 0;
		for (let index = 0; index < count; index++) {
			const original = originals[index % originals.length] ?? new Uint8Array();
			const outcome = await outcomeOf(damaged(original, random));
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			peak = Math.max(peak, process.memoryUsage.rss());
		}
		console.log(`      ${[...outcomes].map(([name, times]) => `${name} ${times}`).join(', ')}`);
		console.log(`      memory at the peak ${(peak / 1e6).toFixed(0)} MB`);
		assert.ok((outcomes.get('read') ?? 0) > count / 10);
		assert.equal(outcomes.get('hung') ?? 0, 0);
		assert.ok(peak < 1.5e9);
		// The reader is as good as before.
		const whole = new Uint8Array(await readFile(new URL('../fixtures/pdfs/text.pdf', import.meta.url)));
		assert.ok((await reader.read('text.pdf', whole, {}, never)).pages.length > 0);
	});

	it('are never repaired into an error', async () => {
		const random = randomNumbers(2);
		for (const original of await files()) {
			for (let times = 0; times < 20; times++) {
				repairedPdf(damaged(original, random));
			}
		}
	});

	async function outcomeOf(bytes: Uint8Array): Promise<string> {
		const began = performance.now();
		try {
			const pdf = await reader.read('a.pdf', bytes, {}, never);
			assert.ok(pdf.pages.length > 0);
			await pdf.draw(1, 400, never);
			await pdf.lines(1, never);
			if (performance.now() - began >= silence) {
				return 'hung';
			}
			return pdf.pages.some(({ shows }) => shows === 'damaged') ? 'in part' : 'read';
		} catch (error) {
			// A crash in the worker is a failure like any other; anything else is ours.
			assert.ok(error instanceof AttachmentFailure, String(error));
			return performance.now() - began >= silence ? 'hung' : error.kind;
		}
	}
});

async function files(): Promise<readonly Uint8Array[]> {
	const all: Uint8Array[] = [];
	for (const folder of folders) {
		const place = new URL(`../fixtures/${folder}/`, import.meta.url);
		for (const name of (await readdir(place)).filter((file) => file.endsWith('.pdf')).sort()) {
			all.push(new Uint8Array(await readFile(new URL(name, place))));
		}
	}
	return all;
}

function damaged(original: Uint8Array, random: () => number): Uint8Array {
	const bytes = Uint8Array.from(original);
	const place = (): number => Math.floor(random() * bytes.length);
	const kind = random();
	if (kind < 0.15) {
		return bytes.slice(0, place());
	}
	if (kind < 0.3) {
		const from = place();
		return bytes.fill(Math.floor(random() * 256), from, from + Math.floor(random() * 200));
	}
	for (let times = 1 + Math.floor(random() * 20); times > 0; times--) {
		const at = place();
		bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
	}
	return bytes;
}
