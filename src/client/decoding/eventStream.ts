import { Failure } from '../failure/failure.ts';
import { isObject, parseJson } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { createJsonScanner } from './jsonScanner.ts';
import type { JsonScanner } from './jsonScanner.ts';

/** Server-sent events as servers really write them (protocols.md 2.3, steps 4 to 6), from text in pieces. */
export interface EventStream {
	push(text: string): JsonObject[];
	/** What the end of the stream completes: no blank line is needed after the last event. */
	finish(): JsonObject[];
	/** Whether `[DONE]` was met. What follows it is ignored. */
	readonly ended: boolean;
	/** Whether it ended in the middle of an object. */
	readonly cutOff: boolean;
	/** The beginning of what was no event. */
	readonly junk: string;
}

const endMarker = '[DONE]';
const junkLimit = 1000;

/** Fails with `invalid-response` on a line or event of more than `limit` characters. */
export function createEventStream(limit: number): EventStream {
	let heldLine = '';
	let skipLineFeed = false;
	let data: string | undefined;
	let dataIsOneBadLine = false;
	let eventName = '';
	let bareJson: JsonScanner | undefined;
	let ended = false;
	let brokeOff = false;
	let junk = '';
	let found: JsonObject[] = [];

	function discard(text: string): void {
		if (junk.length < junkLimit) {
			junk += text.slice(0, junkLimit - junk.length);
		}
	}

	function checked(text: string): string {
		if (text.length > limit) {
			throw new Failure({ kind: 'invalid-response', code: 'event-too-long' });
		}
		return text;
	}

	function emit(value: unknown): void {
		if (Array.isArray(value)) {
			value.forEach(emit);
		} else if (isObject(value) && (eventName !== 'error' || 'error' in value)) {
			found.push(value);
		} else if (eventName === 'error') {
			found.push({ error: value });
		} else {
			discard(String(value));
		}
	}

	function split(text: string): void {
		const scanner = createJsonScanner(limit);
		const values = scanner.push(text);
		// An error may be told in plain words.
		(values.length === 0 && eventName === 'error' ? [text] : values).forEach(emit);
		ended ||= scanner.ended;
		brokeOff = scanner.open;
		discard(scanner.open ? text : scanner.junk);
	}

	function dispatch(): void {
		const text = data;
		data = undefined;
		if (text !== undefined && text.trim() !== '') {
			const value = dataIsOneBadLine ? undefined : parseJson(text);
			if (value === undefined) {
				split(text);
			} else {
				emit(value);
			}
		}
		eventName = '';
	}

	function readData(value: string): void {
		if (value.startsWith(endMarker) || value.trim() === endMarker) {
			dispatch();
			ended = true;
		} else if (data !== undefined) {
			data = checked(`${data}\n${value}`);
			dataIsOneBadLine = false;
		} else if (value.charCodeAt(0) === 0x7b) {
			// An object is complete on its own, so it need not wait for a blank line that some proxies drop.
			const payload = parseJson(value);
			if (payload === undefined) {
				data = value;
				dataIsOneBadLine = true;
			} else {
				emit(payload);
			}
		} else {
			data = value;
			dataIsOneBadLine = false;
		}
	}

	function readBareJson(line: string): void {
		bareJson ??= createJsonScanner(limit);
		bareJson.push(line).forEach(emit);
		ended ||= bareJson.ended;
		if (!bareJson.open) {
			discard(bareJson.junk);
			bareJson = undefined;
		}
	}

	function readOther(line: string): void {
		const first = line.trimStart().charAt(0);
		if (first === '{' || first === '[') {
			readBareJson(line);
			return;
		}
		const colon = line.indexOf(':');
		const name = colon === -1 ? line : line.slice(0, colon);
		const value = colon === -1 ? '' : line.slice(line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1);
		switch (name) {
			case '':
			case 'id':
			case 'retry':
				return;
			case 'data':
				readData(value);
				return;
			case 'event':
				eventName = value.trim();
				return;
			case 'error':
				dispatch();
				found.push({ error: parseJson(value) ?? value });
				return;
			default:
				discard(/^[\s,\]]*$/.test(line) ? '' : line);
		}
	}

	function readLine(line: string): void {
		if (line.startsWith('data:')) {
			bareJson = undefined;
			readData(line.slice(line.charCodeAt(5) === 0x20 ? 6 : 5));
		} else if (bareJson) {
			readBareJson(line);
		} else if (line === '') {
			dispatch();
		} else {
			readOther(line);
		}
	}

	function take(): JsonObject[] {
		const taken = found;
		found = [];
		return taken;
	}

	return {
		push(text) {
			let start = skipLineFeed && text.charCodeAt(0) === 0x0a ? 1 : 0;
			skipLineFeed &&= text === '';
			let lineFeed = text.indexOf('\n', start);
			let carriageReturn = text.indexOf('\r', start);
			while (!ended && (lineFeed !== -1 || carriageReturn !== -1)) {
				const byReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
				const end = byReturn ? carriageReturn : lineFeed;
				const line = heldLine === '' ? text.slice(start, end) : checked(heldLine + text.slice(start, end));
				heldLine = '';
				start = end + 1;
				if (byReturn) {
					skipLineFeed = start === text.length;
					start += lineFeed === start ? 1 : 0;
					carriageReturn = text.indexOf('\r', start);
				}
				if (lineFeed !== -1 && lineFeed < start) {
					lineFeed = text.indexOf('\n', start);
				}
				readLine(line);
			}
			// Never searched again: a long line in many pieces stays linear.
			heldLine = checked(heldLine + text.slice(start));
			return take();
		},
		finish() {
			if (!ended && heldLine !== '') {
				readLine(heldLine);
			}
			dispatch();
			return take();
		},
		get ended() {
			return ended;
		},
		get cutOff() {
			return brokeOff || bareJson?.open === true;
		},
		get junk() {
			return junk;
		},
	};
}
