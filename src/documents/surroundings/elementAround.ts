import type { Span } from '../span.ts';
import { type LooseTag, looseTags } from './looseTags.ts';

export interface ElementAround {
	readonly name: string;
	/** The source of its attributes. */
	readonly attributes: string;
	/** The source between its tags, in front of the image and behind it. */
	readonly before: string;
	readonly after: string;
}

/** How far an element may reach on each side of an image, in characters. */
const reach = 4000;

/** The innermost element of certain names around an image, whatever else may be open there. */
export function elementAround(text: string, image: Span, names: ReadonlySet<string>): ElementAround | undefined {
	const head = text.slice(Math.max(0, image.start - reach), image.start);
	const mayBeOpen = [...names].some((name) => head.includes(`<${name}`));
	const open = mayBeOpen ? lastOpen(looseTags(head), names) : undefined;
	if (open === undefined) {
		return undefined;
	}
	const tail = text.slice(image.end, image.end + reach);
	const end = closing(looseTags(tail), open.name)?.start ?? tail.length;
	return { name: open.name, attributes: open.attributes, before: head.slice(open.end), after: tail.slice(0, end) };
}

function lastOpen(tags: readonly LooseTag[], names: ReadonlySet<string>): LooseTag | undefined {
	const closed = new Map<string, number>();
	for (const tag of tags.toReversed()) {
		const count = closed.get(tag.name) ?? 0;
		if (tag.kind === 'close') {
			closed.set(tag.name, count + 1);
		} else if (tag.kind === 'open') {
			if (count === 0 && names.has(tag.name)) {
				return tag;
			}
			closed.set(tag.name, Math.max(0, count - 1));
		}
	}
	return undefined;
}

function closing(tags: readonly LooseTag[], name: string): LooseTag | undefined {
	let depth = 0;
	for (const tag of tags) {
		if (tag.name === name) {
			depth += tag.kind === 'open' ? 1 : tag.kind === 'close' ? -1 : 0;
		}
		if (depth < 0) {
			return tag;
		}
	}
	return undefined;
}
