/** One field of a directory; its values are unsigned whole numbers. */
interface Field {
	/** Of its 12 bytes, in a BigTIFF 20. */
	readonly at: number;
	/** Bytes a value. */
	readonly size: number;
	readonly count: number;
	readonly valuesAt: number;
}

/** Bytes a value by its type: BYTE, SHORT, LONG, LONG8. Others hold nothing that says where pixels lie. */
const sizes: ReadonlyMap<number, number> = new Map([
	[1, 1],
	[3, 2],
	[4, 4],
	[16, 8],
]);

/**
 * The directory of a page of a TIFF or BigTIFF (TIFF 6.0, section 2; libtiff's BigTIFF design).
 * Reading and writing throw a `RangeError` where the file ends before what it promises.
 */
export class TiffDirectory {
	readonly #view: DataView;
	readonly #isLittle: boolean;
	readonly #isBig: boolean;
	readonly #fields = new Map<number, Field>();
	/** Where it is, bytes from the start of the file. */
	readonly start: number;
	readonly #nextAt: number;

	/**
	 * @param file A whole file that `sniff` takes for a TIFF.
	 * @param page Where the directory is, bytes from the start of the file; unless set, that of the first page.
	 */
	constructor(file: Uint8Array, page?: number) {
		this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
		this.#isLittle = this.#view.getUint8(0) === 0x49;
		this.#isBig = this.#number(2, 2) === 43;
		const start = page ?? (this.#isBig ? this.#number(8, 8) : this.#number(4, 4));
		this.start = start;
		const [countSize, fieldSize] = this.#isBig ? [8, 20] : [2, 12];
		this.#nextAt = start + countSize + fieldSize * this.#number(start, countSize);
		for (let at = start + countSize; at < this.#nextAt; at += fieldSize) {
			const tag = this.#number(at, 2);
			const size = sizes.get(this.#number(at + 2, 2));
			// Of a tag that comes twice, the first counts.
			if (size === undefined || this.#fields.has(tag)) {
				continue;
			}
			const count = this.#number(at + 4, this.offsetSize);
			const inlineAt = at + 4 + this.offsetSize;
			const valuesAt = count * size <= this.offsetSize ? inlineAt : this.#number(inlineAt, this.offsetSize);
			this.#fields.set(tag, { at, size, count, valuesAt });
		}
	}

	/** Bytes of an offset in the file. */
	get offsetSize(): 4 | 8 {
		return this.#isBig ? 8 : 4;
	}

	/** Empty without the tag, or where its values are no numbers. */
	values(tag: number): readonly number[] {
		const { size, count, valuesAt } = this.#fields.get(tag) ?? { size: 1, count: 0, valuesAt: 0 };
		// Before room is made for what is not there.
		if (valuesAt + count * size > this.#view.byteLength) {
			throw new RangeError(`Tag ${tag} ends behind the file.`);
		}
		return Array.from({ length: count }, (_, index) => this.#number(valuesAt + index * size, size));
	}

	/** Writes over a field's one value in its place; nothing without the tag. */
	setValue(tag: number, value: number): void {
		const field = this.#fields.get(tag);
		if (field) {
			this.#set(field.valuesAt, field.size, value);
		}
	}

	/** Makes a field one of offsets, or of numbers as large, and writes them where there is room for all of them. */
	setOffsets(tag: number, offsets: readonly number[], roomAt: number): void {
		const field = this.#fields.get(tag);
		if (!field) {
			return;
		}
		this.#set(field.at + 2, 2, this.#isBig ? 16 : 4);
		this.#set(field.at + 4, this.offsetSize, offsets.length);
		const inlineAt = field.at + 4 + this.offsetSize;
		if (offsets.length > 1) {
			this.#set(inlineAt, this.offsetSize, roomAt);
		}
		const start = offsets.length > 1 ? roomAt : inlineAt;
		offsets.forEach((offset, index) => {
			this.#set(start + index * this.offsetSize, this.offsetSize, offset);
		});
	}

	/** Where the next page's directory is, for the constructor; 0 after the last. */
	get nextPage(): number {
		return this.#number(this.#nextAt, this.offsetSize);
	}

	/** Leaves the pages behind this one out. */
	endPages(): void {
		this.#set(this.#nextAt, this.offsetSize, 0);
	}

	#number(at: number, size: number): number {
		switch (size) {
			case 1:
				return this.#view.getUint8(at);
			case 2:
				return this.#view.getUint16(at, this.#isLittle);
			case 4:
				return this.#view.getUint32(at, this.#isLittle);
			default:
				return Number(this.#view.getBigUint64(at, this.#isLittle));
		}
	}

	#set(at: number, size: number, value: number): void {
		switch (size) {
			case 1:
				this.#view.setUint8(at, value);
				break;
			case 2:
				this.#view.setUint16(at, value, this.#isLittle);
				break;
			case 4:
				this.#view.setUint32(at, value, this.#isLittle);
				break;
			default:
				this.#view.setBigUint64(at, BigInt(value), this.#isLittle);
		}
	}
}
