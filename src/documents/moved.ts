import type { ImageReference, Rewrite } from './imageReference.ts';

/** Where an image reference is once a rewrite is applied, if it is not the one that the rewrite is for. */
export function moved(reference: ImageReference, { start, end, newText }: Rewrite): ImageReference {
	const growth = newText.length - (end - start);
	const moveStart = (offset: number): number => (offset < end ? offset : offset + growth);
	// What ends where something is only inserted is left of it.
	const moveEnd = (offset: number): number => (offset === start ? offset : moveStart(offset));
	return {
		...reference,
		start: moveStart(reference.start),
		end: moveEnd(reference.end),
		altStart: moveStart(reference.altStart),
		altEnd: moveEnd(reference.altEnd),
		targetStart: moveStart(reference.targetStart),
		targetEnd: moveEnd(reference.targetEnd),
	};
}
