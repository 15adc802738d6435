export interface TiffPlan {
	readonly isBig: boolean;
	readonly isLittle: boolean;
	/** px */
	readonly width: number;
	readonly height: number;
	readonly samples: 1 | 3;
	/** Each sample in a plane of its own. */
	readonly isPlanar: boolean;
	/** px; strips reach over the whole width. */
	readonly segmentWidth: number;
	readonly segmentHeight: number;
	readonly isTiled: boolean;
	readonly compression: number;
}

/** A TIFF of 8 bits a sample, by hand: of `pixels`, sample by sample and row by row. */
export function writeTiff(plan: TiffPlan, pixels: Uint8Array, compress: (bytes: Uint8Array) => Uint8Array): Buffer {
	const segments = segmentsOf(plan, pixels).map(compress);
	return tiffOfSegments(plan, segments);
}

/** The same of segments that are what they are. */
export function tiffOfSegments(plan: TiffPlan, segments: readonly Uint8Array[]): Buffer {
	const { isBig, isLittle, width, height, samples, isPlanar, isTiled, segmentWidth, segmentHeight } = plan;
	const wordSize = isBig ? 8 : 4;
	const number = (size: number, value: number): Buffer => {
		const bytes = Buffer.alloc(size);
		const view = new DataView(bytes.buffer, bytes.byteOffset);
		const set = { 2: 'setUint16', 4: 'setUint32' } as const;
		if (size === 8) {
			view.setBigUint64(0, BigInt(value), isLittle);
		} else {
			view[set[size === 2 ? 2 : 4]](0, value, isLittle);
		}
		return bytes;
	};
	const headLength = isBig ? 16 : 8;
	let at = headLength;
	const offsets = segments.map(({ length }) => (at += length) - length);
	const lengths = segments.map(({ length }) => length);
	const short = { type: 3, size: 2 };
	const word = { type: isBig ? 16 : 4, size: wordSize };
	const fields: readonly (readonly [tag: number, of: typeof short, values: readonly number[]])[] = [
		[256, short, [width]],
		[257, short, [height]],
		[258, short, Array.from({ length: samples }, () => 8)],
		[259, short, [plan.compression]],
		[262, short, [samples === 1 ? 1 : 2]],
		...(isTiled ? [] : [[273, word, offsets] as const]),
		[277, short, [samples]],
		...(isTiled ? [] : [[278, short, [segmentHeight]] as const, [279, word, lengths] as const]),
		[284, short, [isPlanar ? 2 : 1]],
		...(isTiled
			? [
					[322, short, [segmentWidth]] as const,
					[323, short, [segmentHeight]] as const,
					[324, word, offsets] as const,
					[325, word, lengths] as const,
				]
			: []),
	];
	const values: Buffer[] = [];
	const entries = fields.map(([tag, { type, size }, all]) => {
		const list = Buffer.concat(all.map((value) => number(size, value)));
		const inline = Buffer.alloc(wordSize);
		if (list.length <= wordSize) {
			list.copy(inline);
		} else {
			number(wordSize, at).copy(inline);
			values.push(list);
			at += list.length;
		}
		return Buffer.concat([number(2, tag), number(2, type), number(wordSize, all.length), inline]);
	});
	const head = Buffer.concat([
		Buffer.from(isLittle ? 'II' : 'MM'),
		number(2, isBig ? 43 : 42),
		...(isBig ? [number(2, 8), number(2, 0)] : []),
		number(wordSize, at),
	]);
	const count = number(isBig ? 8 : 2, entries.length);
	return Buffer.concat([head, ...segments, ...values, count, ...entries, number(wordSize, 0)]);
}

/** Strips or tiles, plane by plane, row by row; what a tile has beyond the picture is black. */
function segmentsOf(plan: TiffPlan, pixels: Uint8Array): readonly Uint8Array[] {
	const { width, height, samples, isPlanar, isTiled, segmentWidth, segmentHeight } = plan;
	const planes = isPlanar ? Array.from({ length: samples }, (_, plane) => [plane]) : [[...Array(samples).keys()]];
	const segments: Uint8Array[] = [];
	for (const plane of planes) {
		for (let top = 0; top < height; top += segmentHeight) {
			for (let left = 0; left < width; left += segmentWidth) {
				const rows = isTiled ? segmentHeight : Math.min(segmentHeight, height - top);
				const bytes: number[] = [];
				for (let y = top; y < top + rows; y++) {
					for (let x = left; x < left + segmentWidth; x++) {
						for (const sample of plane) {
							bytes.push(x < width && y < height ? (pixels[(y * width + x) * samples + sample] ?? 0) : 0);
						}
					}
				}
				segments.push(Uint8Array.from(bytes));
			}
		}
	}
	return segments;
}
