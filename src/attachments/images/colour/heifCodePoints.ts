import { fourLettersAt } from '../fourLetters.ts';
import type { CodePoints } from './codePoints.ts';

/** A box's content: after its length and name. */
interface Box {
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

/**
 * What a HEIC or AVIF file says of its main picture's colours by numbers (`nclx`, ISO/IEC 23008-12 and 14496-12,
 * 12.1.5). Undefined where it says nothing so, or is damaged.
 */
export function heifCodePoints(bytes: Uint8Array): CodePoints | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	try {
		const meta = find(boxes(view, 0, bytes.length), 'meta');
		// A full box: 4 bytes of version and flags come first.
		const parts = meta ? [...boxes(view, meta.start + 4, meta.end)] : [];
		const [primary, properties] = [find(parts, 'pitm'), find(parts, 'iprp')];
		if (!primary || !properties) {
			return undefined;
		}
		const item =
			view.getUint8(primary.start) === 0 ? view.getUint16(primary.start + 4) : view.getUint32(primary.start + 4);
		const inner = [...boxes(view, properties.start, properties.end)];
		const container = find(inner, 'ipco');
		const known = container ? [...boxes(view, container.start, container.end)] : [];
		for (const index of inner.filter(({ name }) => name === 'ipma').flatMap((box) => propertiesOf(view, box, item))) {
			const box = known[index - 1];
			if (box?.name === 'colr' && fourLettersAt(view, box.start) === 'nclx') {
				return { primaries: view.getUint16(box.start + 4), transfer: view.getUint16(box.start + 6) };
			}
		}
		return undefined;
	} catch (error) {
		// It ends before what it points to.
		if (error instanceof RangeError) {
			return undefined;
		}
		throw error;
	}
}

/** Which of the properties, counted from 1, an item has. */
function propertiesOf(view: DataView, { start }: Box, wanted: number): readonly number[] {
	const [wideItems, wideIndices] = [view.getUint8(start) > 0, (view.getUint8(start + 3) & 1) === 1];
	let at = start + 8;
	for (let left = view.getUint32(start + 4); left > 0; left--) {
		const item = wideItems ? view.getUint32(at) : view.getUint16(at);
		at += wideItems ? 4 : 2;
		const count = view.getUint8(at++);
		// The highest bit says that a reader has to know the property.
		const indices = Array.from({ length: count }, (_, place) =>
			wideIndices ? view.getUint16(at + 2 * place) & 0x7fff : view.getUint8(at + place) & 0x7f,
		);
		if (item === wanted) {
			return indices;
		}
		at += wideIndices ? 2 * count : count;
	}
	return [];
}

function* boxes(view: DataView, start: number, end: number): Generator<Box, void, undefined> {
	for (let at = start; at + 8 <= end;) {
		const length = view.getUint32(at);
		const [head, size] = length === 1 ? [16, Number(view.getBigUint64(at + 8))] : [8, length === 0 ? end - at : length];
		if (size < head) {
			return;
		}
		yield { name: fourLettersAt(view, at + 4), start: at + head, end: Math.min(end, at + size) };
		at += size;
	}
}

function find(list: Iterable<Box>, wanted: string): Box | undefined {
	for (const box of list) {
		if (box.name === wanted) {
			return box;
		}
	}
	return undefined;
}
