import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { Attachment } from '../../../src/attachments/attachment.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { endpointModel } from '../../../src/models/endpointModel.ts';
import { Keys } from '../../../src/models/keys.ts';
import { LearnedRefusals } from '../../../src/models/lists/learnedRefusals.ts';
import { type ModelServer, startModelServer } from '../../modelServer.ts';
import { assets, fixture, never } from '../attachments/fixtures.ts';
import { secret, withSecrets } from '../attachments/metadata/plantedSecrets.ts';
import { mementoIn, secretsIn } from './memory.ts';

/** What cameras and editors leave in files, however it is spelled. */
const marks = new RegExp(
	`Exif|GPS|ns\\.adobe\\.com|xmpmeta|xpacket|8BIM|Photoshop|JFXX|MAKER|eXIf|iTXt|tEXt|zTXt|tIME|${secret}`,
);

/** A description as XMP, in a box that any reader of these formats skips. */
function withXmpBox(file: Uint8Array): Uint8Array {
	const head = Buffer.alloc(8);
	const xmp = Buffer.concat([
		Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'),
		Buffer.from(`<x:xmpmeta xmlns:x="http://ns.adobe.com/xap/1.0/">${secret}</x:xmpmeta>`),
	]);
	head.writeUInt32BE(8 + xmp.length);
	head.write('uuid', 4, 'latin1');
	return Buffer.concat([file, head, xmp]);
}

const exif = {
	IFD0: { Artist: secret, Copyright: secret },
	IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 25/1 1389/25', GPSLongitudeRef: 'E', GPSLongitude: '5/1 7/1 606/25' },
};

async function corpus(): Promise<ReadonlyMap<string, Uint8Array>> {
	const flag = sharp(await fixture('flag.png')).withExif(exif);
	const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${secret}"/></rdf:RDF></x:xmpmeta>`;
	return new Map<string, Uint8Array>([
		['planted.jpg', withSecrets(await fixture('flag.jpg'), 'jpeg')],
		[
			'photo.jpg',
			withSecrets(
				await sharp(await fixture('photo.jpg'))
					.jpeg({ quality: 40 })
					.toBuffer(),
				'jpeg',
			),
		],
		['cmyk.jpg', withSecrets(await fixture('flag-cmyk.jpg'), 'jpeg')],
		['planted.png', withSecrets(await fixture('flag.png'), 'png')],
		['16-bit.png', withSecrets(await fixture('flag-16-bit.png'), 'png')],
		['planted.webp', withSecrets(await fixture('flag.webp'), 'webp')],
		['moving.webp', withSecrets(await fixture('flag-animated.webp'), 'webp')],
		['planted.gif', withSecrets(await fixture('flag.gif'), 'gif')],
		['moving.gif', withSecrets(await fixture('flag-animated.gif'), 'gif')],
		['camera.jpg', await flag.clone().withXmp(xmp).jpeg().toBuffer()],
		['camera.png', await flag.clone().withXmp(xmp).png().toBuffer()],
		['camera.webp', await flag.clone().withXmp(xmp).webp().toBuffer()],
		['camera.tif', await flag.clone().withXmp(xmp).tiff().toBuffer()],
		['camera.avif', await flag.clone().withXmp(xmp).avif().toBuffer()],
		['planted.avif', withXmpBox(await fixture('flag.avif'))],
		['planted.heic', withXmpBox(await fixture('flag.heic'))],
		['planted.bmp', Buffer.concat([await fixture('flag.bmp'), Buffer.from(secret)])],
		[
			'planted.svg',
			Buffer.from(
				`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><!-- ${secret} --><metadata>${secret}</metadata><desc>GPS ${secret}</desc><rect width="30" height="9" fill="red"/></svg>`,
			),
		],
		['metadata.jpg', await fixture('flag-metadata.jpg')],
		['metadata.png', await fixture('flag-metadata.png')],
	]);
}

/** From the file to the bytes on the wire, with everything between as it is shipped. */
describe('What leaves of an image', function () {
	this.timeout(60_000);
	const reader = new ImageReader(assets);
	let server: ModelServer;
	let files: ReadonlyMap<string, Uint8Array>;

	before(async () => {
		[server, files] = await Promise.all([startModelServer(), corpus()]);
	});

	after(async () => {
		reader.end();
		await server.close();
	});

	async function send(
		attachments: readonly Attachment[],
		keepsMetadata: boolean,
		protocol: 'chat-completions' | 'gemini',
	) {
		const baseUrl = protocol === 'gemini' ? server.baseUrl.replace(/\/v1$/, '') : server.baseUrl;
		const model = endpointModel(
			{
				endpoint: { name: 'test', protocol, baseUrl, auth: 'none' },
				model: 'test-vision',
				parameters: {},
				listed: undefined,
			},
			{
				keys: new Keys(secretsIn(new Map()), {}),
				log: () => undefined,
				refusals: new LearnedRefusals(mementoIn(new Map())),
				readText: () => Promise.reject(new Error('No text is recognised for a model that may see.')),
				keepsMetadata: () => keepsMetadata,
			},
		);
		const count = server.requests.length;
		const inquiry = { purpose: 'describe', system: '', attachments, earlier: [], question: 'What is it?' } as const;
		const kinds = new Set<string>();
		for await (const { kind } of model.answer(inquiry, never)) {
			kinds.add(kind);
		}
		assert.ok(kinds.has('text'));
		const request = server.requests[count];
		assert.ok(request);
		return request;
	}

	const open = async (name: string, bytes: Uint8Array): Promise<Attachment> =>
		(await reader.open(name, bytes, never)).attachment;

	for (const protocol of ['chat-completions', 'gemini'] as const) {
		it(`is its picture, and nothing that was written into it (${protocol})`, async () => {
			for (const [name, bytes] of files) {
				const request = await send([await open(name, bytes)], false, protocol);
				const [image, ...others] = request.chat.images;
				assert.ok(image && others.length === 0, name);
				assert.doesNotMatch(image.bytes.toString('latin1'), marks, name);
				assert.doesNotMatch(JSON.stringify(request.body), new RegExp(secret), name);
				const { width, height, ...facts } = await sharp(image.bytes).metadata();
				assert.ok(width > 1 && height > 1, name);
				assert.deepEqual([facts.exif, facts.xmp, facts.iptc, facts.comments], Array(4).fill(undefined), name);
			}
		});
	}

	it('would be found if it left: a user who wants it so sends the file as it is', async () => {
		const photo = files.get('photo.jpg');
		assert.ok(photo);
		const { chat } = await send([await open('photo.jpg', photo)], true, 'chat-completions');
		assert.match(chat.images[0]?.bytes.toString('latin1') ?? '', marks);
	});

	it('was in the file', () => {
		for (const [name, bytes] of files) {
			assert.match(Buffer.from(bytes).toString('latin1'), marks, name);
		}
	});
});
