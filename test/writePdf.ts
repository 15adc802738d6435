/** What a PDF is to hold. Content streams are written as PDF wants them; `text` makes one. */
export interface PdfPlan {
	readonly title?: string;
	readonly pages: readonly PlannedPage[];
	/** By depth from 0; `page` from 1. */
	readonly outline?: readonly { readonly title: string; readonly page: number; readonly depth: number }[];
	/** The entries of a number tree of page labels, e.g. `0 << /S /r >> 4 << /S /D >>`. */
	readonly labels?: string;
	/** Letters are named from here on instead of from the space, e.g. `E020` of the private use area. */
	readonly lettersFrom?: string;
	/** More of the catalog, e.g. `/OpenAction << … >>`. */
	readonly catalog?: string;
	/** The fields of a form, as dictionaries without their page. */
	readonly fields?: readonly { readonly page: number; readonly dictionary: string }[];
}

export interface PlannedPage {
	readonly content: string;
	/** Degrees, clockwise. */
	readonly rotate?: number;
	/** Points: left, bottom, right, top. */
	readonly mediaBox?: readonly [number, number, number, number];
}

/** Lines of Helvetica from the upper left, in Latin-1. */
export function text(
	lines: readonly string[],
	{ x = 72, y = 720, size = 11, leading = 14 }: { x?: number; y?: number; size?: number; leading?: number } = {},
): string {
	const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
	return `BT /F ${size} Tf ${x} ${y} Td ${leading} TL\n${shown}\nET`;
}

/** A PDF with a table of its objects, as writers make it. */
export function writePdf({
	title,
	pages,
	outline = [],
	labels,
	lettersFrom,
	catalog = '',
	fields = [],
}: PdfPlan): Uint8Array {
	const objects: string[] = [];
	/** Its number, from 1. */
	const add = (body: string): number => objects.push(body);
	const [catalogNumber, pagesNumber] = [add(''), add('')];
	const font = add('');
	// Object 4: what a check box shows; it need not show anything.
	add('<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length 0 >>\nstream\n\nendstream');
	const names = lettersFrom === undefined ? undefined : addNames(lettersFrom);
	set(
		font,
		`<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding${names === undefined ? '' : ` /ToUnicode ${names} 0 R`} >>`,
	);
	const pageNumbers = pages.map(() => add(''));
	const fieldNumbers = fields.map(({ page, dictionary }) =>
		add(`<< /Type /Annot /Subtype /Widget /P ${pageNumbers[page - 1]} 0 R ${dictionary} >>`),
	);
	pages.forEach(({ content, rotate = 0, mediaBox = [0, 0, 612, 792] }, index) => {
		const stream = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
		const annotations = fieldNumbers
			.filter((_, field) => fields[field]?.page === index + 1)
			.map((number) => `${number} 0 R`);
		set(
			pageNumbers[index],
			`<< /Type /Page /Parent ${pagesNumber} 0 R /MediaBox [${mediaBox.join(' ')}] /Rotate ${rotate}` +
				` /Resources << /Font << /F ${font} 0 R >> >> /Contents ${stream} 0 R /Annots [${annotations.join(' ')}] >>`,
		);
	});
	const outlineNumber = outline.length === 0 ? undefined : addOutline();
	const info = add(`<< ${title === undefined ? '' : `/Title ${hexText(title)}`} >>`);
	set(
		pagesNumber,
		`<< /Type /Pages /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${pages.length} >>`,
	);
	set(
		catalogNumber,
		[
			`<< /Type /Catalog /Pages ${pagesNumber} 0 R`,
			outlineNumber === undefined ? '' : `/Outlines ${outlineNumber} 0 R`,
			labels === undefined ? '' : `/PageLabels << /Nums [${labels}] >>`,
			fields.length === 0
				? ''
				: `/AcroForm << /NeedAppearances true /DA (/F 10 Tf 0 g) /DR << /Font << /F ${font} 0 R >> >> /Fields [${fieldNumbers.map((number) => `${number} 0 R`).join(' ')}] >>`,
			catalog,
			'>>',
		].join(' '),
	);
	return file();

	/** A table of which letter each byte is (ISO 32000-1, 9.10.3). */
	function addNames(first: string): number {
		const table = [
			'/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /N def /CMapType 2 def',
			'1 begincodespacerange <00> <FF> endcodespacerange',
			`1 beginbfrange <20> <7E> <${first}> endbfrange endcmap end end`,
		].join('\n');
		return add(`<< /Length ${table.length} >>\nstream\n${table}\nendstream`);
	}

	function set(number: number | undefined, body: string): void {
		objects[(number ?? 0) - 1] = body;
	}

	/** Each entry under the last before it that is less deep. */
	function addOutline(): number {
		const root = add('');
		const numbers = outline.map(() => add(''));
		const parentOf = (index: number): number =>
			outline.slice(0, index).findLastIndex(({ depth }) => depth < (outline[index]?.depth ?? 0));
		const childrenOf = (parent: number): readonly number[] =>
			outline.flatMap((_, index) => (parentOf(index) === parent ? [numbers[index] ?? 0] : []));
		const ends = (parent: number): string => {
			const children = childrenOf(parent);
			return children.length === 0
				? ''
				: `/First ${children[0]} 0 R /Last ${children.at(-1)} 0 R /Count ${children.length}`;
		};
		outline.forEach((entry, index) => {
			const siblings = childrenOf(parentOf(index));
			const place = siblings.indexOf(numbers[index] ?? 0);
			const [before, after] = [siblings[place - 1], siblings[place + 1]];
			set(
				numbers[index],
				`<< /Title ${hexText(entry.title)} /Parent ${numbers[parentOf(index)] ?? root} 0 R ${ends(index)}` +
					`${before === undefined ? '' : ` /Prev ${before} 0 R`}${after === undefined ? '' : ` /Next ${after} 0 R`}` +
					` /Dest [${pageNumbers[entry.page - 1]} 0 R /Fit] >>`,
			);
		});
		set(root, `<< /Type /Outlines ${ends(-1)} >>`);
		return root;
	}

	function file(): Uint8Array {
		let written = '%PDF-1.7\n';
		const offsets = objects.map((body, index) => {
			const offset = written.length;
			written += `${index + 1} 0 obj\n${body}\nendobj\n`;
			return offset;
		});
		const table = written.length;
		const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
		written += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
		written += `trailer\n<< /Size ${objects.length + 1} /Root ${catalogNumber} 0 R /Info ${info} 0 R >>\nstartxref\n${table}\n%%EOF\n`;
		return new Uint8Array(Buffer.from(written, 'latin1'));
	}
}

/** UTF-16 in hexadecimal, for any letters. */
export function hexText(text: string): string {
	return `<FEFF${[...Buffer.from(text, 'utf16le').swap16()].map((byte) => byte.toString(16).padStart(2, '0')).join('')}>`;
}
