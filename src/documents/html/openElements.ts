import type { Tag } from './tags.ts';

export type Namespace = 'html' | 'svg' | 'math';

/** An element that has started. */
export interface OpenElement {
	readonly namespace: Namespace;
	readonly tag: Tag;
	/** For an element that links do not reach out of: the link around it. */
	readonly outerLink: Tag | undefined;
	/** The offset where it ends, once that is known. */
	end?: number;
}

const voidElements = new Set([
	...['area', 'base', 'basefont', 'bgsound', 'br', 'col', 'embed', 'frame', 'hr', 'image', 'img', 'input', 'keygen'],
	...['link', 'meta', 'param', 'source', 'track', 'wbr'],
]);

/** Elements that end without end tags and say nothing about the images in them. */
const looseElements = new Set(['dd', 'dt', 'li', 'optgroup', 'option', 'p', 'rb', 'rp', 'rt', 'rtc']);

const cells = new Set(['caption', 'td', 'th']);
const cellEnders = new Set([...cells, 'col', 'colgroup', 'tbody', 'tfoot', 'thead', 'tr']);
const tableParts = new Set([...cellEnders, 'table']);

/** What neither a link reaches out of nor an end tag reaches into: HTML Standard, 13.2.4.2 and 13.2.4.3. */
const barriers = new Set([...cells, 'applet', 'marquee', 'object', 'select', 'table', 'template']);
const tableBarriers = new Set(['table', 'template']);

/** All that a `select` holds for parsers, as they were before 2025; images came later. */
const selectable = new Set(['hr', 'optgroup', 'option', 'script', 'template']);
const selectEnders = new Set(['input', 'keygen', 'select', 'textarea']);

/** HTML elements that end the SVG or MathML around them: HTML Standard, 13.2.6.5. */
const foreignEnders = new Set([
	...['b', 'big', 'blockquote', 'body', 'br', 'center', 'code', 'dd', 'div', 'dl', 'dt', 'em', 'embed'],
	...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'head', 'hr', 'i', 'img', 'li', 'listing', 'menu', 'meta', 'nobr', 'ol'],
	...['p', 'pre', 'ruby', 's', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'table', 'tt', 'u', 'ul', 'var'],
]);

const buttons = new Set(['button']);

const svgWithHtml = new Set(['desc', 'foreignobject', 'title']);
const mathWithText = new Set(['mi', 'mn', 'mo', 'ms', 'mtext']);

/**
 * The open elements at a place of a document: as much of the tree construction of the HTML Standard, 13.2.6,
 * as tells what is an image, in a link or in a button.
 */
export class OpenElements {
	readonly #stack: OpenElement[] = [];
	#link: Tag | undefined;

	get current(): OpenElement | undefined {
		return this.#stack.at(-1);
	}

	/** Whether markup is read as SVG or MathML. */
	get areForeign(): boolean {
		return this.current !== undefined && isForeign(this.current);
	}

	/** The start tag of the `a` around this place. */
	get link(): Tag | undefined {
		return this.#link;
	}

	/** The innermost open HTML element of a name. */
	find(name: string): OpenElement | undefined {
		return this.#stack[this.#innermost((other) => other === name)];
	}

	/** Undefined when the start tag starts no element. */
	open(tag: Tag): OpenElement | undefined {
		if (this.current !== undefined && isForeign(this.current)) {
			if (!isForeignEnder(tag)) {
				return this.#push(tag, this.current.namespace, tag.selfClosing);
			}
			this.#leaveForeignContent(tag.start);
		}
		if (!this.#selectAllows(tag)) {
			return undefined;
		}
		this.#endElementsBefore(tag);
		if (tag.name === 'svg' || tag.name === 'math') {
			return this.#push(tag, tag.name, tag.selfClosing);
		}
		const element = this.#push(tag, 'html', voidElements.has(tag.name) || looseElements.has(tag.name));
		if (tag.name === 'a') {
			this.#link = tag;
		}
		return element;
	}

	close(tag: Tag): void {
		if (this.#closeForeign(tag)) {
			return;
		}
		if (tag.name === 'a') {
			this.#closeLink(tag.start);
			return;
		}
		const stops = tableParts.has(tag.name) ? tableBarriers : barriers;
		const index = this.#stack.findLastIndex(
			(element) => element.tag.name === tag.name || stops.has(element.tag.name) || isIntegrationPoint(element),
		);
		const found = this.#stack[index];
		if (found?.namespace === 'html' && found.tag.name === tag.name) {
			this.#popTo(index, tag.start, tag.end);
		}
	}

	/** Ends the innermost element at an offset. */
	closeCurrent(end: number): void {
		this.#popTo(Math.max(0, this.#stack.length - 1), end, end);
	}

	/** Ends what is still open at the end of the document. */
	closeAll(end: number): void {
		this.#popTo(0, end, end);
	}

	#innermost(isWanted: (name: string) => boolean): number {
		return this.#stack.findLastIndex(({ namespace, tag }) => namespace === 'html' && isWanted(tag.name));
	}

	#push(tag: Tag, namespace: Namespace, isEmpty: boolean): OpenElement {
		const element: OpenElement = { namespace, tag, outerLink: this.#link };
		if (isEmpty) {
			element.end = tag.end;
		} else {
			this.#stack.push(element);
		}
		return element;
	}

	/** Ends the element at an index of the stack at `end`, those in it already at `start`. */
	#popTo(index: number, start: number, end: number): void {
		const [outermost, ...inner] = this.#stack.splice(index);
		for (const element of [...inner.reverse(), outermost]) {
			if (element !== undefined) {
				element.end = element === outermost ? end : start;
				if (element.namespace === 'html' && barriers.has(element.tag.name)) {
					this.#link = element.outerLink;
				}
			}
		}
	}

	#selectAllows(tag: Tag): boolean {
		const container = this.#innermost((name) => name === 'select' || name === 'template');
		if (this.#stack[container]?.tag.name !== 'select' || selectable.has(tag.name)) {
			return true;
		}
		if (selectEnders.has(tag.name)) {
			this.#popTo(container, tag.start, tag.start);
		}
		return selectEnders.has(tag.name) && tag.name !== 'select';
	}

	/** Links and buttons hold no others of their kind, and a cell ends where the next one starts. */
	#endElementsBefore(tag: Tag): void {
		if (tag.name === 'a') {
			this.#closeLink(tag.start);
		} else if (tag.name === 'button') {
			this.#endInnermost(buttons, barriers, tag.start);
		} else if (cellEnders.has(tag.name)) {
			this.#endInnermost(cells, tableBarriers, tag.start);
		}
	}

	#endInnermost(names: ReadonlySet<string>, stops: ReadonlySet<string>, end: number): void {
		const index = this.#innermost((name) => names.has(name) || stops.has(name));
		if (names.has(this.#stack[index]?.tag.name ?? '')) {
			this.#popTo(index, end, end);
		}
	}

	#closeForeign(tag: Tag): boolean {
		if (tag.name === 'p' || tag.name === 'br') {
			this.#leaveForeignContent(tag.start);
			return false;
		}
		const boundary = this.#stack.findLastIndex(({ namespace }) => namespace === 'html');
		const index = this.#stack.findLastIndex(({ tag: { name } }) => name === tag.name);
		if (index <= boundary) {
			return false;
		}
		this.#popTo(index, tag.start, tag.end);
		return true;
	}

	#leaveForeignContent(end: number): void {
		while (this.areForeign) {
			this.closeCurrent(end);
		}
	}

	/** The link around a table cell and the like goes on where that ends, whatever is in it. */
	#closeLink(end: number): void {
		const outer = this.#stack[this.#innermost((name) => barriers.has(name))]?.outerLink;
		const index = this.#stack.findLastIndex(({ tag }) => tag === this.#link);
		const inner = index === -1 ? [] : this.#stack.slice(index + 1);
		if (inner.some(isIntegrationPoint)) {
			return;
		}
		this.#link = outer;
		if (index !== -1 && inner.every(({ namespace }) => namespace !== 'html')) {
			this.#popTo(index, end, end);
		}
	}
}

function isForeign(element: OpenElement): boolean {
	return element.namespace !== 'html' && !isIntegrationPoint(element);
}

/** Elements of SVG and MathML that hold HTML. */
function isIntegrationPoint({ namespace, tag }: OpenElement): boolean {
	switch (namespace) {
		case 'html':
			return false;
		case 'svg':
			return svgWithHtml.has(tag.name);
		case 'math':
			return mathWithText.has(tag.name);
	}
}

function isForeignEnder(tag: Tag): boolean {
	return (
		foreignEnders.has(tag.name) ||
		(tag.name === 'font' && tag.attributes.some(({ name }) => /^(?:color|face|size)$/.test(name)))
	);
}
