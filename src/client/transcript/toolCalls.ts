import { isObject, objectsOf, textOf } from '../json.ts';

/** A function that a model wants called. */
export interface ToolCall {
	readonly name: string;
	/** JSON. */
	readonly arguments: string;
}

export interface ToolCalls {
	/** Takes `tool_calls` of a delta or a message. */
	add(pieces: unknown): void;
	/** All that have come, in order; none the second time. */
	take(): readonly ToolCall[];
	readonly open: boolean;
	/** Of all names and arguments, in characters. */
	readonly length: number;
}

/** Puts together the calls that chat completions stream in pieces: only the first of a call names its function. */
export function createToolCalls(): ToolCalls {
	let calls = new Map<number, { name: string; arguments: string }>();
	let length = 0;
	return {
		add(pieces) {
			for (const [position, piece] of objectsOf(pieces).entries()) {
				const called = isObject(piece['function']) ? piece['function'] : {};
				// Some leave the index out and tell one whole call in each chunk.
				const begins = piece['index'] === undefined && textOf(called['name']) !== undefined;
				const index = begins
					? calls.size
					: typeof piece['index'] === 'number'
						? piece['index']
						: Math.max(position, calls.size - 1);
				const call = calls.get(index) ?? { name: '', arguments: '' };
				const given = called['arguments'];
				const added = isObject(given) ? JSON.stringify(given) : (textOf(given) ?? '');
				call.name ||= textOf(called['name']) ?? '';
				call.arguments += added;
				length += added.length;
				calls.set(index, call);
			}
		},
		take() {
			const taken = [...calls.values()].filter(({ name }) => name !== '');
			calls = new Map();
			return taken.map(({ name, arguments: given }) => ({ name, arguments: given === '' ? '{}' : given }));
		},
		get open() {
			return calls.size > 0;
		},
		get length() {
			return length;
		},
	};
}
