import { createEventStream } from './eventStream.ts';
import type { EventStream } from './eventStream.ts';
import { Failure } from '../failure/failure.ts';
import type { JsonObject } from '../json.ts';
import { createJsonScanner } from './jsonScanner.ts';
import { pageTitle } from '../failure/pageTitle.ts';
import { redact } from '../failure/redact.ts';

/**
 * Bytes of a response to the JSON objects in it, whatever its content type claims: server-sent events, JSON, JSON
 * arrays or lines (protocols.md 2.3). An error told beside the data arrives as an object with the member `error`.
 */
export interface Decoder {
	/** The objects that these bytes complete. Fails with `invalid-response` on a web page. */
	push(bytes: Uint8Array): JsonObject[];
	/** What the end of the response completes. */
	finish(): JsonObject[];
	/** Whether `[DONE]` was met: nothing more will come. */
	readonly ended: boolean;
	/** Whether the response ended in the middle of an object. */
	readonly cutOff: boolean;
	/** The beginning of what was not understood. */
	readonly junk: string;
}

/** In characters: an image in an answer is one line of many megabytes. */
const eventLimit = 64 * 1024 * 1024;
const pageLimit = 64 * 1024;

export function createDecoder(limit: number = eventLimit): Decoder {
	const decoder = new TextDecoder();
	let content: EventStream | undefined;

	function read(text: string): JsonObject[] {
		if (content) {
			return content.push(text);
		}
		const begun = text.trimStart();
		if (begun === '') {
			return [];
		}
		content = contentBeginningWith(begun.charAt(0), limit);
		return content.push(begun);
	}

	return {
		push: (bytes) => (content?.ended ? [] : read(decoder.decode(bytes, { stream: true }))),
		finish() {
			const last = content?.ended ? [] : read(decoder.decode());
			return content ? [...last, ...content.finish()] : last;
		},
		get ended() {
			return content?.ended ?? false;
		},
		get cutOff() {
			return content?.cutOff ?? false;
		},
		get junk() {
			return content?.junk ?? '';
		},
	};
}

function contentBeginningWith(character: string, limit: number): EventStream {
	switch (character) {
		case '{':
		case '[':
			return createJsonContent(limit);
		case '<':
			return createPage();
		default:
			return createEventStream(limit);
	}
}

function createJsonContent(limit: number): EventStream {
	const scanner = createJsonScanner(limit);
	return {
		push: (text) => scanner.push(text),
		finish: () => [],
		get ended() {
			return scanner.ended;
		},
		get cutOff() {
			return scanner.open;
		},
		get junk() {
			return scanner.junk;
		},
	};
}

/** A base URL that names a web application answers with its page and status 200. */
function createPage(): EventStream {
	let page = '';
	const fail = (): never => {
		const serverMessage = redact(pageTitle(page) ?? '') || undefined;
		throw new Failure({ kind: 'invalid-response', code: 'web-page', serverMessage });
	};
	return {
		push(text) {
			page += text.slice(0, pageLimit - page.length);
			return page.length >= pageLimit || /<\/title/i.test(page) ? fail() : [];
		},
		finish: fail,
		ended: false,
		cutOff: false,
		junk: '',
	};
}
