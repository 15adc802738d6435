import type { ErrorWords } from './errorBody.ts';

type Headers = Readonly<Record<string, string>>;

const unit = { ms: 1, s: 1000, m: 60_000 } as const;
const messageHint = /\b(?:retry|try again) in (\d+(?:\.\d+)?) ?(ms|s|m)/i;
const delayText = /^(\d+(?:\.\d+)?)(ms|s|m)$/;

/** Milliseconds that a server asks to wait; the first hint present wins (protocols.md 3.3). `now` is in epoch ms. */
export function retryAfter(headers: Headers, words: ErrorWords, now: number): number | undefined {
	return (
		number(headers['retry-after-ms']) ??
		secondsOrDate(headers['retry-after'], now) ??
		duration(delayText.exec(words.retryDelay ?? '')) ??
		duration(messageHint.exec(words.message ?? ''))
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

function duration(match: RegExpExecArray | null): number | undefined {
	const [, amount, name] = match ?? [];
	const factor = Object.entries(unit).find(([word]) => word === name?.toLowerCase())?.[1];
	return factor === undefined ? undefined : Number(amount) * factor;
}
