import { crc32 } from 'node:zlib';

/** What no byte that leaves may hold. */
export const secret = 'Secret-54.4321N';

const exif = Buffer.from(`Exif\0\0II*\0GPS ${secret}`, 'latin1');
const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${secret}</x:xmpmeta>`, 'latin1');

/** A file with metadata in every place that its format has, and more behind its end. */
export function withSecrets(bytes: Uint8Array, format: 'jpeg' | 'png' | 'webp' | 'gif'): Uint8Array {
	const behind = Buffer.from(`PK\x03\x04${secret}`, 'latin1');
	return Buffer.concat([plant[format](Buffer.from(bytes)), behind]);
}

const plant: Readonly<Record<'jpeg' | 'png' | 'webp' | 'gif', (file: Buffer) => Buffer>> = {
	jpeg(file) {
		const segment = (marker: number, content: Buffer): Buffer => {
			const head = Buffer.from([0xff, marker, 0, 0]);
			head.writeUInt16BE(content.length + 2, 2);
			return Buffer.concat([head, content]);
		};
		const application = [0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xef];
		return Buffer.concat([
			file.subarray(0, 2),
			segment(0xe0, Buffer.from(`JFXX\0\x10${secret}`, 'latin1')),
			segment(0xe1, exif),
			segment(0xe1, xmp),
			segment(0xed, Buffer.from(`Photoshop 3.0\x008BIM${secret}`, 'latin1')),
			...application.map((marker) => segment(marker, Buffer.from(`MAKER\0${secret}`))),
			segment(0xfe, Buffer.from(secret)),
			Buffer.from(secret),
			file.subarray(2),
		]);
	},
	png(file) {
		const chunk = (type: string, content: Buffer): Buffer => {
			const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
			const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
			head.writeUInt32BE(content.length);
			tail.writeUInt32BE(crc32(typed));
			return Buffer.concat([head, typed, tail]);
		};
		const texts = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'dSIG', 'prVt'].map((type) =>
			chunk(type, Buffer.from(`Comment\0${secret}`)),
		);
		// Behind the header, and before the end.
		return Buffer.concat([file.subarray(0, 33), ...texts, file.subarray(33, -12), ...texts, file.subarray(-12)]);
	},
	webp(file) {
		const chunk = (type: string, content: Buffer): Buffer => {
			const head = Buffer.alloc(8);
			head.write(type, 'latin1');
			head.writeUInt32LE(content.length, 4);
			return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
		};
		const announced = Buffer.from(file);
		if (announced.toString('latin1', 12, 16) === 'VP8X') {
			announced.writeUInt8(announced.readUInt8(20) | 0b1100, 20);
		}
		const grown = Buffer.concat([
			announced,
			chunk('EXIF', exif),
			chunk('XMP ', xmp),
			chunk('HIDE', Buffer.from(secret)),
		]);
		grown.writeUInt32LE(grown.length - 8, 4);
		return grown;
	},
	gif(file) {
		const palette = file.readUInt8(10) & 0x80 ? 3 * 2 ** ((file.readUInt8(10) & 7) + 1) : 0;
		const text = Buffer.concat([Buffer.from([secret.length]), Buffer.from(secret), Buffer.from([0])]);
		return Buffer.concat([
			file.subarray(0, 13 + palette),
			Buffer.from([0x21, 0xfe]),
			text,
			Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'),
			text,
			file.subarray(13 + palette),
		]);
	},
};
