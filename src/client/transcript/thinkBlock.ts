/** Text of an answer, told apart. */
export interface Told {
	readonly kind: 'text' | 'thought';
	readonly text: string;
}

export interface ThinkBlock {
	push(text: string): Told[];
	/** What was held back for the rest of a tag. */
	flush(): Told[];
	/** Whether all that comes from now on is text. */
	readonly over: boolean;
}

const opening = '<think>';
const closing = '</think>';
/** Models that loop write blanks for ever; looking at all of them at each new one would be quadratic. */
const leadingLimit = 256;

/**
 * Tells a leading `<think>…</think>` block, which raw local models write into the text, from the answer. Tags may come
 * in pieces. Elsewhere in the text they mean nothing.
 */
export function createThinkBlock(): ThinkBlock {
	let state: 'start' | 'thinking' | 'after' | 'answer' = 'start';
	let held = '';

	function step(text: string): Told[] {
		switch (state) {
			case 'answer':
				return [{ kind: 'text', text }];
			case 'start': {
				const begun = text.trimStart();
				if (begun.startsWith(opening)) {
					state = 'thinking';
					return push(begun.slice(opening.length));
				}
				if (opening.startsWith(begun) && text.length <= leadingLimit) {
					held = text;
					return [];
				}
				state = 'answer';
				return [{ kind: 'text', text }];
			}
			case 'thinking': {
				const end = text.indexOf(closing);
				if (end !== -1) {
					state = 'after';
					return [...thought(text.slice(0, end)), ...push(text.slice(end + closing.length))];
				}
				const whole = text.length - overlap(text, closing);
				held = text.slice(whole);
				return thought(text.slice(0, whole));
			}
			case 'after': {
				const begun = text.trimStart();
				if (begun === '') {
					return [];
				}
				state = 'answer';
				return [{ kind: 'text', text: begun }];
			}
		}
	}

	function push(text: string): Told[] {
		const joined = held + text;
		held = '';
		return joined === '' ? [] : step(joined);
	}

	return {
		push,
		flush() {
			const rest = held;
			held = '';
			return rest === '' ? [] : [{ kind: state === 'thinking' ? 'thought' : 'text', text: rest }];
		},
		get over() {
			return state === 'answer';
		},
	};
}

function thought(text: string): Told[] {
	return text === '' ? [] : [{ kind: 'thought', text }];
}

/** How many characters at the end of a text begin a tag. */
function overlap(text: string, tag: string): number {
	for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
		if (text.endsWith(tag.slice(0, length))) {
			return length;
		}
	}
	return 0;
}
