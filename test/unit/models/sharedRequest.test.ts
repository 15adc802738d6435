import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { Attachment, PdfAttachment, PdfPage, Picture } from '../../../src/attachments/attachment.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import type { Part } from '../../../src/client/request.ts';
import { attachmentParts, type Reading } from '../../../src/models/parts/attachmentParts.ts';
import { estimateOf } from '../../../src/models/parts/estimate.ts';
import { sightOf } from '../../../src/models/parts/sight.ts';
import { assets, never } from '../attachments/fixtures.ts';

const azure: Reading = {
	model: 'gpt-4o',
	endpoint: { protocol: 'chat-completions', baseUrl: 'https://name.openai.azure.com/openai/v1' },
	sees: 'yes',
	purpose: 'describe',
	questions: [''],
	readText: () => Promise.reject(new Error('Nothing is recognised for a model that sees.')),
};
const gateway: Reading = { ...azure, endpoint: { ...azure.endpoint, baseUrl: 'https://api.maxtoken.io/v1' } };

/** Scanned pages, each drawn in so many bytes at 1,568 px. */
function scan(pageCount: number, fileSize: number, pageBytes = 1_000): PdfAttachment {
	const picture = (side: number): Picture => {
		const bytes = new Uint8Array(pageBytes * (side / 1568) ** 2);
		return { mediaType: 'image/jpeg', bytes, width: side * 0.7, height: side };
	};
	const pages = Array.from({ length: pageCount }, (_, index): PdfPage => {
		return { number: index + 1, label: `${index + 1}`, text: '', width: 595, height: 842, shows: 'picture' };
	});
	return {
		kind: 'pdf',
		name: 'scan.pdf',
		bytes: new Uint8Array(fileSize),
		fileSize,
		opensElsewhere: true,
		title: undefined,
		outline: [],
		pages,
		draw: (_page, maxSide) => Promise.resolve(picture(maxSide)),
		lines: () => Promise.resolve([]),
	};
}

/** Which goes page by page everywhere. */
function locked(pageCount: number): PdfAttachment {
	return { ...scan(pageCount, 1_000, 3_000_000), opensElsewhere: false };
}

function bytesOf(parts: readonly Part[]): number {
	return parts.reduce(
		(sum, part) => sum + (part.kind !== 'text' && part.content instanceof Uint8Array ? part.content.length : 0),
		0,
	);
}

describe('A request shared by images and PDFs', function () {
	this.timeout(60_000);
	const reader = new ImageReader(assets);
	after(() => reader.end());

	async function noise(side: number): Promise<Attachment> {
		const bytes = await sharp({
			create: {
				width: side,
				height: side,
				channels: 3,
				background: 'black',
				noise: { type: 'gaussian', mean: 128, sigma: 60 },
			},
		})
			.png()
			.toBuffer();
		return (await reader.open('noise.png', bytes, never)).attachment;
	}

	it('holds no more bytes than the endpoint takes, at the cost of pages that take many', async () => {
		const { requestBytes } = sightOf(gateway);
		const { parts } = await attachmentParts([locked(16)], gateway, never);
		assert.equal(parts.filter(({ kind }) => kind === 'image').length, 16);
		assert.ok(bytesOf(parts) > requestBytes / 2 && bytesOf(parts) <= requestBytes);
		const few = await attachmentParts([locked(2)], gateway, never);
		assert.equal(bytesOf(few.parts), 6_000_000);
	});

	it('has smaller pages for a server that they are too large for', async () => {
		const { parts } = await attachmentParts([locked(1)], gateway, never);
		const page = parts.find(({ kind }) => kind === 'image');
		assert.ok(page?.kind === 'image');
		assert.equal(await page.instead?.('format'), undefined);
		const smaller = await page.instead?.('size');
		assert.ok(smaller?.content instanceof Uint8Array);
		assert.equal(smaller.content.length, 750_000);
		assert.equal(await smaller.instead?.('size'), undefined);
	});

	it('holds no more pictures than the endpoint takes, those of pages among them', async () => {
		const image = await noise(40);
		for (const [images, pages] of [
			[0, 10],
			[2, 8],
			[10, 0],
		] as const) {
			const attachments = [scan(40, 1_000), ...Array<Attachment>(images).fill(image)];
			const { parts } = await attachmentParts(attachments, azure, never);
			assert.equal(parts.filter(({ kind }) => kind === 'image').length, images + pages);
		}
	});

	it('keeps its bytes within the limit, and its parts in order', async () => {
		const large = await noise(2000);
		const pdf = scan(3, 3_400_000);
		const model = 'nobody-knows';
		const { parts } = await attachmentParts(
			[large, pdf, ...Array<Attachment>(4).fill(large)],
			{ ...gateway, model },
			never,
		);
		const sight = sightOf({ ...gateway, model });
		assert.ok(bytesOf(parts) <= sight.requestBytes, `${bytesOf(parts)} of ${sight.requestBytes}`);
		assert.deepEqual(
			parts.slice(0, 5).map((part) => (part.kind === 'text' ? part.text.slice(0, 6) : part.kind)),
			['File 1', 'image', 'File 2', 'pdf', 'File 3'],
		);
	});

	it('is estimated by the form in which a PDF goes', async () => {
		const tokensOf = async (...[request, reading]: Parameters<typeof estimateOf>): Promise<number> =>
			(await estimateOf(request, reading)).tokens ?? NaN;
		const file = await estimateOf([[scan(10, 500_000)]], gateway);
		assert.deepEqual(file, { tokens: 10 * 1105, bytes: 500_000 });
		const head = Math.ceil(`File 1: PDF "scan.pdf", 10 pages.`.length / 3.6);
		const pages = await estimateOf([[scan(10, 500_000, 60_000)]], azure);
		assert.ok(pages.bytes >= 10 * 60_000 && pages.bytes < 10 * 60_000 + 100);
		assert.ok(Math.abs((pages.tokens ?? NaN) - 10 * 1105 - head) < 3);
		assert.ok((await tokensOf([[scan(10, 500_000)]], { ...azure, sees: 'no' })) < 20);
		assert.ok((await tokensOf([[scan(4_000, 90_000_000)]], azure)) < 11 * 1105);
	});

	it("gives VS Code's own models pages, never the file, which none of them can refuse", async () => {
		const vscode: Reading = { ...azure, endpoint: { protocol: 'vscode', baseUrl: 'https://vscode.invalid' } };
		const { parts, coverage } = await attachmentParts([scan(2, 1_000)], vscode, never);
		assert.deepEqual(
			parts.map(({ kind }) => kind),
			['text', 'text', 'image', 'text', 'image'],
		);
		assert.partialDeepStrictEqual(coverage(), [{ kind: 'coverage', picturePages: [1, 2] }]);
		assert.ok(Math.abs(((await estimateOf([[scan(2, 1_000)]], vscode)).tokens ?? NaN) - 2 * 1105) < 20);
	});

	it('says no number of tokens where nobody knows what the model counts', async () => {
		const unknown = { ...gateway, model: 'nobody-knows' };
		assert.equal((await estimateOf([[await noise(100)], [scan(1, 1_000)]], unknown)).tokens, undefined);
		assert.deepEqual(await estimateOf([], unknown), { tokens: 0, bytes: 0 });
	});
});
