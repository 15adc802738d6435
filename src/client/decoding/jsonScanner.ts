import { Failure } from '../failure/failure.ts';
import { isObject, parseJson } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** Finds the complete JSON objects in text that comes in pieces, whatever stands between them. */
export interface JsonScanner {
	/** The objects that this piece completes. Brackets and commas around them say nothing and are passed over. */
	push(text: string): JsonObject[];
	/** Whether an object has begun and not ended. */
	readonly open: boolean;
	/** Whether `[DONE]` was met outside an object. */
	readonly ended: boolean;
	/** The beginning of what was neither an object nor around one. */
	readonly junk: string;
}

const endMarker = '[DONE]';
const junkLimit = 1000;

/** Fails with `invalid-response` on an object of more than `limit` characters. */
export function createJsonScanner(limit: number): JsonScanner {
	let depth = 0;
	let inString = false;
	let escaped = false;
	let held = '';
	let outsideTail = '';
	let ended = false;
	let junk = '';
	const structure = /["{}]/g;
	const stringEnd = /["\\]/g;

	function passOver(text: string): void {
		const outside = outsideTail + text;
		ended ||= outside.includes(endMarker);
		outsideTail = outside.slice(-endMarker.length);
		if (junk.length < junkLimit && !ended) {
			junk += text.replace(/^[\s,[\]]+/, '').slice(0, junkLimit - junk.length);
		}
	}

	/** Where the string ends, or the text does. */
	function skipString(text: string, from: number): number {
		let at = from;
		while (at < text.length) {
			if (escaped) {
				escaped = false;
				at += 1;
				continue;
			}
			stringEnd.lastIndex = at;
			if (!stringEnd.test(text)) {
				return text.length;
			}
			at = stringEnd.lastIndex;
			if (text.charCodeAt(at - 1) === 0x22) {
				inString = false;
				return at;
			}
			escaped = true;
		}
		return at;
	}

	function complete(source: string, found: JsonObject[]): void {
		const value = parseJson(source);
		if (isObject(value)) {
			found.push(value);
		} else if (junk.length < junkLimit) {
			junk += source.slice(0, junkLimit - junk.length);
		}
	}

	return {
		push(text) {
			const found: JsonObject[] = [];
			let start = 0;
			let at = 0;
			while (at < text.length) {
				if (depth === 0) {
					const brace = text.indexOf('{', at);
					passOver(text.slice(at, brace === -1 ? text.length : brace));
					if (brace === -1 || ended) {
						return found;
					}
					outsideTail = '';
					start = brace;
					at = brace + 1;
					depth = 1;
				} else if (inString) {
					at = skipString(text, at);
				} else {
					structure.lastIndex = at;
					if (!structure.test(text)) {
						break;
					}
					at = structure.lastIndex;
					const character = text.charCodeAt(at - 1);
					inString = character === 0x22;
					depth += character === 0x7b ? 1 : character === 0x7d ? -1 : 0;
					if (depth === 0) {
						complete(held + text.slice(start, at), found);
						held = '';
					}
				}
			}
			if (depth > 0) {
				held += text.slice(start);
				if (held.length > limit) {
					throw new Failure({ kind: 'invalid-response', code: 'event-too-long' });
				}
			}
			return found;
		},
		get open() {
			return depth > 0;
		},
		get ended() {
			return ended;
		},
		get junk() {
			return junk;
		},
	};
}
