import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Attachment, ImageAttachment } from '../../../src/attachments/attachment.ts';
import { AttachmentFailure } from '../../../src/attachments/attachmentFailure.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { PdfReader } from '../../../src/attachments/pdf/pdf.ts';
import { sniff } from '../../../src/attachments/sniff.ts';
import { attachmentParts, type Reading } from '../../../src/models/parts/attachmentParts.ts';
import { type Estimate, estimateOf } from '../../../src/models/parts/estimate.ts';
import { pageLimits } from '../../../src/models/parts/pdfPages.ts';
import { tokensOf } from '../../../src/models/parts/readingLimits.ts';
import { assets, never } from '../attachments/fixtures.ts';

const test = new URL('../../', import.meta.url);

function readerAt(baseUrl: string, model: string): Reading {
	return {
		model,
		endpoint: { protocol: 'chat-completions', baseUrl },
		sees: 'yes',
		purpose: 'describe',
		questions: [],
		readText: () => Promise.reject(new Error('Nothing is recognised for a model that sees.')),
	};
}

const readers = {
	openai: readerAt('https://api.openai.com/v1', 'gpt-4o'),
	gateway: readerAt('https://api.maxtoken.io/v1', 'claude-sonnet-4'),
	azure: readerAt('https://a.openai.azure.com/openai/v1', 'gpt-4.1'),
};

describe('The estimate', function () {
	this.timeout(120_000);
	const images = new ImageReader(assets);
	const pdfs = new PdfReader(assets, images);
	after(() => {
		pdfs.end();
		images.end();
	});

	async function opened(folder: string): Promise<readonly Attachment[]> {
		const attachments: Attachment[] = [];
		for (const entry of await readdir(new URL(folder, test), { recursive: true })) {
			const url = new URL(`${folder}${entry}`, test);
			const bytes = new Uint8Array((await stat(url)).isFile() ? await readFile(url) : []);
			const type = bytes.length > 0 ? sniff(bytes) : undefined;
			try {
				if (type === 'application/pdf') {
					attachments.push(await pdfs.read(basename(entry), bytes, {}, never));
				} else if (type?.startsWith('image/') === true) {
					attachments.push((await images.open(basename(entry), bytes, never)).attachment);
				}
			} catch {
				// Files that are damaged or locked on purpose.
			}
		}
		return attachments;
	}

	/** What goes: of images the pictures alone, of PDFs with what is written about them. */
	async function sent(request: readonly Attachment[], reading: Reading): Promise<Estimate> {
		const { parts } = await attachmentParts(request, reading, never);
		const texts = parts.flatMap((part) => (part.kind === 'text' ? part.text : [])).join('\n');
		const contents = parts.flatMap((part) =>
			part.kind !== 'text' && part.content instanceof Uint8Array ? part.content.length : [],
		);
		const bytes = contents.reduce((sum, one) => sum + one, 0);
		if (request.every(({ kind }) => kind === 'image')) {
			return { tokens: undefined, bytes };
		}
		const pictures = parts.filter(({ kind }) => kind === 'image').length;
		const { pictureTokens } = pageLimits({ ...reading, files: 1, pictures: Infinity, pictureBytes: Infinity });
		return {
			// What a server makes of a file is its own affair.
			tokens: parts.some(({ kind }) => kind === 'pdf') ? undefined : tokensOf(texts) + pictures * pictureTokens,
			bytes: bytes + Buffer.byteLength(texts),
		};
	}

	function assertNear(found: number | undefined, expected: number, what: string): void {
		const ratio = (found ?? NaN) / expected;
		assert.ok(ratio > 1 / 1.3 && ratio < 1.3, `${what}: ${found} for ${expected}`);
	}

	let corpus: readonly Attachment[] = [];
	before(async () => {
		const folders = ['playground/', 'fixtures/attachments/', 'fixtures/images/', 'fixtures/pdfs/', 'fixtures/books/'];
		corpus = (await Promise.all(folders.map(opened))).flat();
		assert.ok(corpus.length > 140);
	});

	for (const [name, reading] of Object.entries(readers)) {
		it(`is near what is sent of each file of the corpus, to ${name}`, async () => {
			for (const attachment of corpus) {
				const estimate = await estimateOf([[attachment]], reading);
				const { bytes, tokens } = await sent([attachment], reading);
				assertNear(estimate.bytes, bytes, `bytes of ${attachment.name}`);
				if (tokens !== undefined) {
					assertNear(estimate.tokens, tokens, `tokens of ${attachment.name}`);
				}
			}
		});

		it(`is near what is sent of many images, each in a request of its own, to ${name}`, async () => {
			const requests = corpus
				.filter(({ kind, fileSize }) => kind === 'image' && fileSize > 2_000)
				.map((image) => [image]);
			assert.ok(requests.length > 12);
			const { bytes } = await estimateOf(requests, reading);
			const all = await Promise.all(requests.map((request) => sent(request, reading)));
			assertNear(
				bytes,
				all.reduce((sum, one) => sum + one.bytes, 0),
				`bytes of ${requests.length}`,
			);
		});
	}

	it('makes four pictures at most, can be stopped, and passes over those that cannot be made', async () => {
		let made = 0;
		const image = corpus.find((one) => one.name === 'harbour.jpg');
		assert.ok(image?.kind === 'image');
		const counted: ImageAttachment = {
			...image,
			pictureFor: async (...target) => {
				made++;
				return image.pictureFor(...target);
			},
		};
		const { bytes } = await estimateOf(Array(10).fill([counted]), readers.gateway);
		assert.equal(made, 4);
		assert.equal(bytes, 10 * (await sent([image], readers.gateway)).bytes);
		await assert.rejects(estimateOf([[counted]], readers.gateway, AbortSignal.abort()), { name: 'AbortError' });
		const damaged: ImageAttachment = { ...image, pictureFor: () => Promise.reject(new AttachmentFailure('damaged')) };
		assert.ok((await estimateOf([[damaged]], readers.gateway)).bytes > 0);
	});
});
