import { imageOfDataUrl } from './drawnImage.ts';
import type { DrawnImage } from './drawnImage.ts';
import { Failure } from '../failure/failure.ts';

/** Text of an answer, or an image that stood in it. */
export type Shown = string | DrawnImage;

export interface MarkdownImages {
	push(text: string): readonly Shown[];
	/** Whether a text is nothing but text, and nothing was held back before it: then it need not be pushed. */
	passes(text: string): boolean;
	/** The text that was held back. An image that has begun goes on; one without end is never told. */
	release(): readonly Shown[];
	/** Whether an image has begun and not ended. */
	readonly open: boolean;
}

const opening = /!\[[^[\]\n]{0,100}\]\(data:image\/[a-z0-9.+-]{1,40};base64,/iy;
const openingLimit = 180;
/** What an opening begins with, of any length. */
const beginning = /^!(?:\[(?:[^[\]\n]{0,100}(?:\](?:\((?:d[a-z0-9:/.+;,-]{0,70})?)?)?)?)?$/i;
const noBase64 = /[^A-Za-z0-9+/=_-]/;

/**
 * Takes images out of a text: New-API writes what a model draws as `![image](data:…)` (protocols.md 0). They may come
 * in pieces. What only looks like one stays text. Fails with `invalid-response` on one of more than `limit` characters.
 */
export function createMarkdownImages(limit: number): MarkdownImages {
	/** Of an image that has begun: `![image](data:image/png;base64,`. */
	let begun = '';
	let base64 = '';
	let held = '';

	/** The first place where an image begins, or may begin once more has come. */
	function find(text: string): { readonly at: number; readonly opening: string | undefined } | undefined {
		for (let at = text.indexOf('!'); at !== -1; at = text.indexOf('!', at + 1)) {
			opening.lastIndex = at;
			const match = opening.exec(text)?.[0];
			if (match !== undefined || (text.length - at < openingLimit && beginning.test(text.slice(at)))) {
				return { at, opening: match };
			}
		}
		return undefined;
	}

	/** Reads text up to an image; returns what follows. */
	function readText(text: string, shown: Shown[]): string {
		const found = find(text);
		if (found?.at !== 0) {
			shown.push(text.slice(0, found?.at));
		}
		if (!found) {
			return '';
		}
		if (found.opening === undefined) {
			held = text.slice(found.at);
			return '';
		}
		begun = found.opening;
		return text.slice(found.at + begun.length);
	}

	/** Reads an image up to its end; returns what follows. */
	function readImage(text: string, shown: Shown[]): string {
		const end = text.search(noBase64);
		base64 += end === -1 ? text : text.slice(0, end);
		if (base64.length > limit) {
			throw new Failure({ kind: 'invalid-response', code: 'image-too-large' });
		}
		if (end === -1) {
			return '';
		}
		const closed = text.charCodeAt(end) === 0x29;
		const image = closed ? imageOfDataUrl(begun.slice(begun.indexOf('(') + 1) + base64) : undefined;
		shown.push(image ?? begun + base64);
		begun = '';
		base64 = '';
		return text.slice(image ? end + 1 : end);
	}

	return {
		passes: (text) => begun === '' && held === '' && !text.includes('!'),
		push(text) {
			const shown: Shown[] = [];
			let rest = held + text;
			held = '';
			while (rest !== '') {
				rest = begun === '' ? readText(rest, shown) : readImage(rest, shown);
			}
			return shown;
		},
		release() {
			const rest = held;
			held = '';
			return rest === '' ? [] : [rest];
		},
		get open() {
			return begun !== '';
		},
	};
}
