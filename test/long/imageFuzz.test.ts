import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { AttachmentFailure } from '../../src/attachments/attachmentFailure.ts';
import { deviceTarget } from '../../src/attachments/images/fit.ts';
import { ImageReader } from '../../src/attachments/images/image.ts';
import { withoutMetadata } from '../../src/attachments/images/metadata/withoutMetadata.ts';
import { randomNumbers } from '../randomNumbers.ts';

const assets = new URL('../../dist/workers/', import.meta.url);
const folders = ['images', 'moving', 'attachments', 'bad'];
const never = new AbortController().signal;

/** Damaged files for the whole run; the same ones each time. */
const count = 500;

/** A worker that is silent for so long counts as hung, ms. */
const silence = 20_000;

/** Files in which a byte here and there is another, or a stretch is gone or twice there. */
describe('damaged images', function () {
	this.timeout(900_000);
	const reader = new ImageReader(assets, { silence, idle: 60_000 });
	after(() => reader.end());

	it(`are shown, or refused with a reason, ${count} times, without a crash, a hang or ever more memory`, async () => {
		const originals = await files();
		const random = randomNumbers(1);
		const outcomes = new Map<string, number>();
		const memory: number[] = [];
		for (let index = 0; index < count; index++) {
			const { name, bytes } = originals[index % originals.length] ?? { name: '', bytes: new Uint8Array() };
			const outcome = await outcomeOf(name, damaged(bytes, random));
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			memory.push(process.memoryUsage.rss());
		}
		const peak = Math.max(...memory);
		console.log(`      ${[...outcomes].map(([kind, times]) => `${kind} ${times}`).join(', ')}`);
		console.log(`      memory at the peak ${(peak / 1e6).toFixed(0)} MB`);
		assert.ok((outcomes.get('shown') ?? 0) > count / 10);
		assert.equal(outcomes.get('hung') ?? 0, 0);
		assert.ok(peak < 1.5e9);
		// The reader is as good as before.
		const flag = originals.find(({ name }) => name === 'flag.png');
		assert.equal(await outcomeOf('flag.png', flag?.bytes ?? new Uint8Array()), 'shown');
	});

	it('are never stripped into an error, or into more than they were', async () => {
		const random = randomNumbers(2);
		for (const { bytes } of await files()) {
			for (let times = 0; times < 50; times++) {
				const broken = damaged(bytes, random);
				for (const type of ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const) {
					assert.ok((withoutMetadata(broken, type)?.length ?? 0) <= broken.length + 4);
				}
			}
		}
	});

	async function outcomeOf(name: string, bytes: Uint8Array): Promise<string> {
		const began = performance.now();
		try {
			const { attachment } = await reader.open(name, bytes, never);
			const picture = await attachment.pictureFor({ ...deviceTarget, asStrip: true }, never);
			assert.ok(picture.bytes.length > 0 && picture.width > 0 && picture.height > 0);
			return 'shown';
		} catch (error) {
			// A crash in a worker is a failure like any other; anything else is ours.
			assert.ok(error instanceof AttachmentFailure, `${name}: ${String(error)}`);
			return performance.now() - began >= silence ? 'hung' : error.kind;
		}
	}
});

async function files(): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
	const all = await Promise.all(
		folders.map(async (folder) => {
			const path = new URL(`../fixtures/${folder}/`, import.meta.url);
			const names = (await readdir(path)).filter((name) => !/\.(?:sh|py|pdf)$|^reference$/.test(name)).sort();
			return Promise.all(
				names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(new URL(name, path))) })),
			);
		}),
	);
	return all.flat();
}

function damaged(original: Uint8Array, random: () => number): Uint8Array {
	const bytes = Uint8Array.from(original);
	const place = (): number => Math.floor(random() * bytes.length);
	for (let changes = 1 + Math.floor(random() * 8); changes > 0; changes--) {
		bytes[place()] = Math.floor(random() * 256);
	}
	const [start, end] = [place(), place()].sort((one, other) => one - other);
	const how = random();
	if (how < 0.15) {
		return bytes.slice(0, end);
	}
	return how < 0.3 ? Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]) : bytes;
}
