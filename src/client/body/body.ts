import { randomUUID } from 'node:crypto';

/** What is sent, made while it is sent: a file is in memory once, not once more as base64 (design.md). */
export interface Body {
	readonly byteLength: number;
	chunks(): Iterable<Uint8Array>;
}

/** Stands in JSON for a string: a beginning, then bytes as base64. */
export class Base64Text {
	readonly beginning: string;
	readonly bytes: Uint8Array;

	constructor(beginning: string, bytes: Uint8Array) {
		this.beginning = beginning;
		this.bytes = bytes;
	}
}

/** Bytes to encode at a time; a multiple of three, so that the pieces join without padding. Larger ones cost memory only. */
const stride = 3 * 16 * 1024;

/** A value as JSON text, in which every `Base64Text` is written as the string it stands for. */
export function jsonBody(value: unknown): Body {
	// Nobody who wrote a part of the request can know it, so it marks nothing but our own places.
	const mark = randomUUID();
	const files: Uint8Array[] = [];
	const json = JSON.stringify(value, (_name, member: unknown) => {
		if (member instanceof Base64Text) {
			files.push(member.bytes);
			return member.beginning + mark;
		}
		return member;
	});
	const texts = json.split(mark).map((text) => Buffer.from(text));
	const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
	return {
		byteLength:
			sum(texts.map(({ byteLength }) => byteLength)) +
			sum(files.map(({ byteLength }) => Math.ceil(byteLength / 3) * 4)),
		*chunks() {
			for (const [index, text] of texts.entries()) {
				yield text;
				const file = files[index];
				for (let at = 0; file && at < file.byteLength; at += stride) {
					const piece = file.subarray(at, at + stride);
					const base64 = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('base64');
					yield Buffer.from(base64, 'latin1');
				}
			}
		},
	};
}
