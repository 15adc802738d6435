import type { ErrorWords } from './errorBody.ts';

type Headers = Readonly<Record<string, string>>;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const amounts = /(\d+(?:\.\d+)?) ?(ms|[smh])/gi;
/** `12.4s`, `20 seconds` or, of OpenAI and Groq, `1m26.4s`. */
const messageHint = /\b(?:retry|try again) (?:in|after) ((?:\d+(?:\.\d+)? ?(?:ms|[smh]))+)/i;

/** Milliseconds that a server asks to wait; the first hint present wins (protocols.md 3.3). `now` is in epoch ms. */
export function retryAfter(headers: Headers, words: ErrorWords, now: number): number | undefined {
	return (
		number(headers['retry-after-ms']) ??
		secondsOrDate(headers['retry-after'], now) ??
		duration(words.retryDelay) ??
		duration(messageHint.exec(words.message ?? '')?.[1])
	);
}

function number(text: string | undefined): number | undefined {
	const value = text === undefined || text.trim() === '' ? NaN : Number(text);
	return Number.isFinite(value) ? Math.max(0, value) : undefined;
}

function secondsOrDate(text: string | undefined, now: number): number | undefined {
	const seconds = number(text);
	if (seconds !== undefined) {
		return seconds * 1000;
	}
	const date = Date.parse(text ?? '');
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function duration(text = ''): number | undefined {
	const parts = [...text.matchAll(amounts)];
	return parts.length === 0
		? undefined
		: parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit.toLowerCase()] ?? 0), 0);
}
