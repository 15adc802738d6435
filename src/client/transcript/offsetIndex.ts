/** Offsets of a text in UTF-16 units, which are ours, and in units that a server counts. */
export interface OffsetIndex {
	/** Undefined inside of a character and beyond the text. */
	toUtf16(units: number): number | undefined;
	/** The first offset between characters that is not before it; the text's end if none is. */
	after(units: number): number;
	/** Of an offset between characters. */
	fromUtf16(utf16: number): number;
}

/** UTF-16 units between two places that are remembered. */
const stride = 4096;

/** How many bytes a character has in UTF-8. */
export function byteLength(codePoint: number): number {
	return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

/** `size` is how many of the server's units a character, given by its code point, has. */
export function createOffsetIndex(text: string, size: (codePoint: number) => number): OffsetIndex {
	let marks: { readonly utf16: number; readonly units: number }[] | undefined;

	/** The first place at or behind a mark, a character at a time, that the test holds for. */
	function walk(
		mark: { utf16: number; units: number },
		reached: (utf16: number, units: number) => boolean,
	): typeof mark {
		let { utf16, units } = mark;
		while (utf16 < text.length && !reached(utf16, units)) {
			const codePoint = text.codePointAt(utf16) ?? 0;
			utf16 += codePoint > 0xffff ? 2 : 1;
			units += size(codePoint);
		}
		return { utf16, units };
	}

	function remembered(): NonNullable<typeof marks> {
		if (!marks) {
			marks = [{ utf16: 0, units: 0 }];
			for (let at = marks[0]; at !== undefined && at.utf16 < text.length; marks.push(at)) {
				const end = at.utf16 + stride;
				at = walk(at, (utf16) => utf16 >= end);
			}
		}
		return marks;
	}

	function reach(units: number): { readonly utf16: number; readonly units: number } {
		const mark = remembered().findLast((candidate) => candidate.units <= units) ?? { utf16: 0, units: 0 };
		return walk(mark, (_utf16, passed) => passed >= units);
	}

	return {
		toUtf16(units) {
			const reached = reach(units);
			return reached.units === units ? reached.utf16 : undefined;
		},
		after: (units) => reach(units).utf16,
		fromUtf16(utf16) {
			const mark = remembered().findLast((candidate) => candidate.utf16 <= utf16);
			return mark ? walk(mark, (passed) => passed >= utf16).units : 0;
		},
	};
}
