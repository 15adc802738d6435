import { constants, inflateSync } from 'node:zlib';

/** Bytes; a larger file is as likely to be hopeless as to be worth the memory. */
const largest = 128 * 1024 * 1024;

interface FoundObject {
	readonly number: number;
	/** What comes before a stream, if there is one. */
	readonly dictionary: string;
	/** Where its stream begins; undefined without one. */
	readonly stream: number | undefined;
}

/**
 * A PDF whose end is lost, with an end that lets the rest be read: PDFium finds objects again by itself, but not without
 * a trailer that names the catalog, and not those that were packed into streams.
 * @returns undefined when there is nothing to begin with, or the file is encrypted.
 */
export function repairedPdf(bytes: Uint8Array): Uint8Array | undefined {
	if (bytes.length > largest) {
		return undefined;
	}
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
	if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(file)) {
		return undefined;
	}
	const plain = objectsIn(file);
	const packed = plain.flatMap((object) => unpacked(file, object));
	const all = new Map([...plain, ...packed].map((object) => [object.number, object]));
	const pages = [...all.values()].filter(({ dictionary }) => isOf('Page', dictionary));
	if (pages.length === 0) {
		return undefined;
	}
	const size = [...all.keys()].reduce((most, number) => Math.max(most, number), 0) + 1;
	const root = [...all.values()].findLast(
		({ dictionary }) => isOf('Catalog', dictionary) && all.has(reference('Pages', dictionary) ?? -1),
	);
	const added = [
		'\nendstream\nendobj\n',
		...packed.map(({ number, dictionary }) => `${number} 0 obj\n${dictionary}\nendobj\n`),
		...(root
			? []
			: [
					`${size} 0 obj\n<< /Type /Catalog /Pages ${size + 1} 0 R >>\nendobj\n`,
					`${size + 1} 0 obj\n<< /Type /Pages /Count ${pages.length} /Kids [${pages.map(({ number }) => `${number} 0 R`).join(' ')}] >>\nendobj\n`,
				]),
		`trailer\n<< /Size ${size + 2} /Root ${root?.number ?? size} 0 R >>\nstartxref\n0\n%%EOF\n`,
	];
	return Buffer.concat([bytes, Buffer.from(added.join(''), 'latin1')]);
}

/** In the order of the file. */
function objectsIn(file: string): readonly FoundObject[] {
	const heads = [...file.matchAll(/(?<![\d.])(\d{1,8})\s+\d{1,5}\s+obj\b/g)];
	return heads.map((head, index) => {
		const start = head.index + head[0].length;
		const next = heads[index + 1]?.index ?? file.length;
		const end = /\bendobj\b|\bstream(?:\r\n|\n|\r)/g;
		end.lastIndex = start;
		const found = end.exec(file);
		const stop = Math.min(found?.index ?? next, next);
		return {
			number: Number(head[1]),
			dictionary: file.slice(start, stop),
			stream: found?.[0].startsWith('stream') && found.index < next ? found.index + found[0].length : undefined,
		};
	});
}

/** The objects in an object stream (ISO 32000-1, 7.5.7), as far as it goes. */
function unpacked(file: string, { dictionary, stream }: FoundObject): readonly FoundObject[] {
	const count = entry('N', dictionary);
	const first = entry('First', dictionary);
	if (stream === undefined || count === undefined || first === undefined || !isOf('ObjStm', dictionary)) {
		return [];
	}
	const end = file.indexOf('endstream', stream);
	const content = inflated(Buffer.from(file.slice(stream, end === -1 ? undefined : end), 'latin1'));
	const numbers = (content?.slice(0, first).match(/\d+/g) ?? []).map(Number);
	return Array.from({ length: Math.min(count, Math.floor(numbers.length / 2)) }, (_, index): FoundObject => {
		const from = first + (numbers[2 * index + 1] ?? 0);
		const next = numbers[2 * index + 3];
		return {
			number: numbers[2 * index] ?? 0,
			dictionary: content?.slice(from, next === undefined ? undefined : first + next) ?? '',
			stream: undefined,
		};
	});
}

function inflated(bytes: Buffer): string | undefined {
	try {
		// As far as it goes: the end of the stream may be what is lost.
		return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largest }).toString('latin1');
	} catch {
		return undefined;
	}
}

function isOf(type: string, dictionary: string): boolean {
	return new RegExp(`/Type\\s*/${type}(?![A-Za-z])`).test(dictionary);
}

function entry(name: string, dictionary: string): number | undefined {
	const [, number] = new RegExp(`/${name}\\s+(\\d+)(?!\\s+\\d+\\s+R)`).exec(dictionary) ?? [];
	return number === undefined ? undefined : Number(number);
}

function reference(name: string, dictionary: string): number | undefined {
	const [, number] = new RegExp(`/${name}\\s+(\\d+)\\s+\\d+\\s+R`).exec(dictionary) ?? [];
	return number === undefined ? undefined : Number(number);
}
