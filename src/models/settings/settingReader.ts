/**
 * Reads settings that people write by hand: a member's name counts in any spelling (`top_k`, `topk`), a number may stand
 * in quotes, and what cannot be meant is left out and told.
 */

/** What a member of a setting should have been. */
export type Expected =
	| { readonly kind: 'number'; readonly least: number; readonly most: number; readonly whole: boolean }
	| { readonly kind: 'one-of'; readonly values: readonly string[] }
	| { readonly kind: 'boolean' | 'text' | 'object' | 'time' | 'ratio' | 'address' | 'header' | 'name' }
	/** Two members of which one stands alone. */
	| { readonly kind: 'both'; readonly names: readonly string[] }
	/** There is no such member; these may be meant. */
	| { readonly kind: 'member'; readonly near: readonly string[] };

export interface SettingMistake {
	/** The names on the way to it, e.g. `thinking`, `level`. */
	readonly path: readonly string[];
	readonly expected: Expected;
}

/** Where a value stands, and where its mistakes go. */
export interface Place {
	readonly path: readonly string[];
	readonly mistakes: SettingMistake[];
}

/** The value in the program's words, or null with a mistake told. */
export type Reader<T> = (value: unknown, place: Place) => T | null;

export type SettingObject = Readonly<Record<string, unknown>>;

export function isSettingObject(value: unknown): value is SettingObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function mistaken({ path, mistakes }: Place, expected: Expected): null {
	mistakes.push({ path, expected });
	return null;
}

export function inside(place: Place, name: string): Place {
	return { path: [...place.path, name], mistakes: place.mistakes };
}

/** A name without the differences between `topK`, `top_k`, `topk` and `Top-K`. */
export function folded(name: string): string {
	return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

export function number(least: number, most: number, { whole = false } = {}): Reader<number> {
	return (value, place) => {
		const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		const fits =
			typeof parsed === 'number' && parsed >= least && parsed <= most && (!whole || Number.isSafeInteger(parsed));
		return fits ? parsed : mistaken(place, { kind: 'number', least, most, whole });
	};
}

export const flag: Reader<boolean> = (value, place) => {
	switch (value) {
		case true:
		case 'true':
			return true;
		case false:
		case 'false':
			return false;
		default:
			return mistaken(place, { kind: 'boolean' });
	}
};

/** One of some words in any spelling; `meanings` are further words, folded. */
export function oneOf<T extends string>(values: readonly T[], meanings: Readonly<Record<string, T>> = {}): Reader<T> {
	const known = new Map([...Object.entries(meanings), ...values.map((value) => [folded(value), value] as const)]);
	return (value, place) =>
		known.get(typeof value === 'string' || typeof value === 'number' ? folded(String(value)) : '') ??
		mistaken(place, { kind: 'one-of', values });
}

/** Text that fits, after it was put right. */
export function text(expected: Expected, pattern: RegExp, correct: (text: string) => string): Reader<string> {
	return (value, place) => {
		const corrected = typeof value === 'string' ? correct(value.trim()) : '';
		return pattern.test(corrected) ? corrected : mistaken(place, expected);
	};
}

/** What of a list can be read; one thing alone counts as a list of one. */
export function list<T>(read: Reader<T>): Reader<readonly T[]> {
	return (value, place) => {
		const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
		const known = items.flatMap((item, index) => read(item, inside(place, String(index + 1))) ?? []);
		return items.length > 0 && known.length === 0 ? null : known;
	};
}

/** A reader for each member. */
export type Members<T> = { readonly [Name in keyof T]-?: Reader<NonNullable<T[Name]>> };

/**
 * The members that an object has and that could be read. `translate` puts an object into the names of the members
 * first; a member's own name wins over its other spellings.
 */
export function members<T extends object>(
	readers: Members<T>,
	translate: (object: SettingObject) => SettingObject = (object) => object,
): Reader<Partial<T>> {
	const byName = new Map<string, Reader<unknown>>(Object.entries<Reader<unknown>>(readers));
	const names = new Map([...byName.keys()].map((name) => [folded(name), name]));
	return (value, place) => {
		if (!isSettingObject(value)) {
			return mistaken(place, { kind: 'object' });
		}
		const found = new Map<string, unknown>();
		for (const [written, member] of Object.entries(translate(value))) {
			const name = names.get(folded(written));
			if (name !== undefined && (member === null || member === undefined)) {
				// `null` is how settings say that something is not set.
				continue;
			}
			if (name === undefined) {
				mistaken(inside(place, written), { kind: 'member', near: near(written, [...byName.keys()]) });
			} else if (written === name || !found.has(name)) {
				found.set(name, member);
			}
		}
		const read = [...found].flatMap(([name, member]) => {
			const known = byName.get(name)?.(member, inside(place, name));
			return known === null || known === undefined ? [] : [[name, known] as const];
		});
		return Object.fromEntries(read) as Partial<T>;
	};
}

/** Letters by which a name may be mistyped. */
const typos = 2;

/** The names that a mistyped one may stand for, nearest first. */
function near(written: string, names: readonly string[]): readonly string[] {
	const word = folded(written).slice(0, 40);
	const distances = names.map((name) => ({ name, distance: distance(word, folded(name)) }));
	return distances
		.filter((one) => one.distance <= typos && one.distance < word.length)
		.toSorted((one, other) => one.distance - other.distance)
		.map(({ name }) => name);
}

/** Letters to add, drop or change to make one word the other. */
function distance(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_cell, index) => index);
	for (const [line, letter] of Array.from(one).entries()) {
		const next = [line + 1];
		for (const [column, wanted] of Array.from(other).entries()) {
			const [left = 0, above = 0, before = 0] = [next[column], row[column + 1], row[column]];
			next.push(Math.min(left + 1, above + 1, before + (letter === wanted ? 0 : 1)));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}
