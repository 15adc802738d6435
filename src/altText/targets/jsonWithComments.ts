import { parse } from 'jsonc-parser';

export type Json = Readonly<Record<string, unknown>>;

/** With comments and trailing commas, as TypeScript takes it. */
export function objectIn(text: string | undefined): Json | undefined {
	try {
		const value: unknown = text === undefined ? undefined : parse(text);
		return isObject(value) ? value : undefined;
	} catch (error) {
		// Nested deeper than the parser goes.
		if (error instanceof RangeError) {
			return undefined;
		}
		throw error;
	}
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string, or the strings of a list. */
export function stringsIn(value: unknown): readonly string[] {
	return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((item) => typeof item === 'string');
}
