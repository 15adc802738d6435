import type { ImageReference } from '../imageReference.ts';
import type { Span } from '../span.ts';
import { type HtmlImage, type HtmlSyntax, readImage, type SvgTitle, syntaxOf, valueOf } from './imageTag.ts';
import { type OpenElement, OpenElements } from './openElements.ts';
import { isRawText, rawTextEnd } from './rawText.ts';
import { nextTag, type Tag } from './tags.ts';
import { type Read, type Target, targetOf } from './target.ts';

/** What Markdown around a piece of HTML means for the images in it. */
export interface Place {
	/** In a table cell, where bars have backslashes. */
	readonly inTable: boolean;
	/** The decoded target of a Markdown link around it. */
	readonly link: string | undefined;
}

/** Not in Markdown, or in a part of it that means nothing for HTML. */
const anywhere: Place = { inTable: false, link: undefined };

interface Found extends Place {
	readonly element: OpenElement;
	readonly syntax: HtmlSyntax;
	readonly inButton: boolean;
	/** The name of the map that an area belongs to. */
	readonly map: string | undefined;
	/** Of an SVG. */
	title: SvgTitle | undefined;
}

export function findImages(text: string): readonly ImageReference[] {
	return findHtmlImages(text).map(({ reference }) => reference);
}

/** The images of an HTML document, as a browser with scripting sees them. */
export function findHtmlImages(text: string): readonly HtmlImage[] {
	const images = new HtmlImages(text);
	images.read({ start: 0, end: text.length });
	return images.finish();
}

/** Collects the images of a document whose HTML comes in pieces, as between Markdown. */
export class HtmlImages {
	readonly #source: string;
	readonly #elements = new OpenElements();
	readonly #found: Found[] = [];

	constructor(source: string) {
		this.#source = source;
	}

	/** The decoded target of the link that is open. */
	get link(): string | undefined {
		return this.#elements.link && valueOf(this.#elements.link, 'href', this.#reader());
	}

	/** Reads the next piece. A tag ends with its piece, an element need not. */
	read({ start, end }: Span, place: Place = anywhere): void {
		const piece = this.#source.slice(0, end);
		let position = this.#textEnd(piece, start);
		let previous: OpenElement | undefined;
		for (let tag = this.#nextTag(piece, position); tag !== undefined; tag = this.#nextTag(piece, position)) {
			if (tag.kind === 'start') {
				previous = this.#start(tag, place);
			} else {
				this.#end(tag, previous);
			}
			position = this.#textEnd(piece, tag.end);
		}
	}

	/** Ends an element that only holds text and was not ended by its tag. */
	endText(offset: number): void {
		if (this.#holdsText()) {
			this.#elements.closeCurrent(offset);
		}
	}

	finish(): readonly HtmlImage[] {
		this.#elements.closeAll(this.#source.length);
		const targets = new Map(this.#found.flatMap((found) => this.#mapped(found)));
		return this.#found.map(({ element, syntax, map, ...surroundings }) =>
			readImage(element, syntax, { ...surroundings, mapTarget: targets.get(map ?? '') }, this.#reader(surroundings)),
		);
	}

	#nextTag(piece: string, position: number): Tag | undefined {
		return nextTag(piece, position, this.#elements.areForeign);
	}

	/** Where text that holds no tags ends. */
	#textEnd(piece: string, position: number): number {
		const { current } = this.#elements;
		return current !== undefined && this.#holdsText() ? rawTextEnd(piece, position, current.tag.name) : position;
	}

	#holdsText(): boolean {
		const { current } = this.#elements;
		return current?.namespace === 'html' && isRawText(current.tag.name);
	}

	#start(tag: Tag, place: Place): OpenElement | undefined {
		const { current } = this.#elements;
		const element = this.#elements.open(tag);
		if (element === undefined) {
			return undefined;
		}
		if (isSvgTitle(element) && current !== undefined) {
			this.#setTitle(current, { start: tag.end, end: tag.end, isPlain: false });
		}
		const syntax = syntaxOf(element, this.#reader(place));
		if (syntax !== undefined) {
			this.#found.push(this.#foundNow(element, syntax, place));
		}
		return element;
	}

	#end(tag: Tag, previous: OpenElement | undefined): void {
		this.#elements.close(tag);
		const { current } = this.#elements;
		if (previous !== undefined && isSvgTitle(previous) && previous.end === tag.end && current !== undefined) {
			const text = { start: previous.tag.end, end: tag.start };
			this.#setTitle(current, { ...text, isPlain: !this.#reader()(text).includes('<') });
		}
	}

	/** The first title counts; its text is known where its end tag follows its start tag. */
	#setTitle(svg: OpenElement, title: SvgTitle): void {
		const found = this.#found.findLast(({ element }) => element === svg);
		if (found !== undefined && (found.title === undefined || found.title.start === title.start)) {
			found.title = title;
		}
	}

	#foundNow(element: OpenElement, syntax: HtmlSyntax, place: Place): Found {
		const map = syntax === 'html-area' ? this.#elements.find('map') : undefined;
		return {
			...place,
			element,
			syntax,
			link: this.link ?? place.link,
			inButton: this.#elements.find('button') !== undefined,
			map: map && valueOf(map.tag, 'name', this.#reader()),
			title: undefined,
		};
	}

	/** The target of an image by the name of the map that divides it into areas. */
	#mapped({ element, syntax, inTable }: Found): readonly (readonly [string, Target])[] {
		const read = this.#reader({ inTable });
		const map = syntax === 'html-img' ? valueOf(element.tag, 'usemap', read) : undefined;
		return map?.startsWith('#') === true ? [[map.slice(1), targetOf(element.tag, read)]] : [];
	}

	#reader({ inTable }: Pick<Place, 'inTable'> = anywhere): Read {
		return ({ start, end }) => {
			const source = this.#source.slice(start, end);
			return inTable ? source.replaceAll('\\|', '|') : source;
		};
	}
}

function isSvgTitle({ namespace, tag }: OpenElement): boolean {
	return namespace === 'svg' && tag.name === 'title';
}
