/**
 * An image inside a document. All offsets are UTF-16 code units from the document's start, ends exclusive,
 * as in `text.slice(start, end)`.
 */
export interface ImageReference {
	readonly syntax: ImageSyntax;
	readonly start: number;
	readonly end: number;
	/** What a reader of the rendered document gets instead of the image; '' when there is nothing or nothing readable. */
	readonly alt: string;
	/**
	 * `absent`: HTML without an `alt` attribute, or with no value for it, as in `<img alt>`; `alt=""` is written.
	 * `computed`: an expression or another element, which only its author can change.
	 */
	readonly altKind: 'written' | 'absent' | 'computed';
	/** The source of the alt text, without its delimiters. Empty where it would be put when it is absent. */
	readonly altStart: number;
	readonly altEnd: number;
	/** Where the image is, with escapes and entities decoded; percent-encoding is left alone. Empty for inline SVG. */
	readonly target: string;
	/** For a reference image this lies in its definition. */
	readonly targetStart: number;
	readonly targetEnd: number;
	/** Set where an expression says where the image is: `target` is then empty. */
	readonly targetKind?: 'computed';
	/** The decoded target of the link around the image: the image then says where the link goes. */
	readonly link?: string;
	/** Set where `aria-hidden` or a role says that the image is not for readers. */
	readonly hidden?: true;
	/** Set where pressing the image does something: in a button, or where it is one. */
	readonly inButton?: true;
}

export type ImageSyntax =
	'markdown-inline' | 'markdown-reference' | 'html-img' | 'html-input' | 'html-area' | 'html-svg' | 'jsx';

/** Replaces `text.slice(start, end)` of the document; `newText` is markup, with its escapes. */
export interface Rewrite {
	readonly start: number;
	readonly end: number;
	readonly newText: string;
}

export interface Refusal {
	readonly refused: RefusalReason;
}

/**
 * `unknown-language`: no finder for this kind of document. `stale`: the document no longer holds that image.
 * `computed`: the alt text or the target is an expression. `invalid`: the document has a syntax error, so that
 * nothing can be proven. `unproven`: no markup for this text could be shown to change it alone.
 */
export type RefusalReason = 'unknown-language' | 'stale' | 'computed' | 'invalid' | 'unproven';
