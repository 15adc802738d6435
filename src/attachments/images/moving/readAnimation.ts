import { sniff } from '../../sniff.ts';
import type { Animation } from './animation.ts';
import { readGif } from './gif.ts';
import { readAnimatedPng } from './png.ts';
import { readWebp } from './webp.ts';

/** Undefined for a still picture; one frame is what is left of a film that is cut off. */
export function readAnimation(bytes: Uint8Array): Animation | undefined {
	return readers.get(sniff(bytes) ?? '')?.(bytes);
}

const readers: ReadonlyMap<string, (bytes: Uint8Array) => Animation | undefined> = new Map([
	['image/gif', readGif],
	['image/webp', readWebp],
	['image/png', readAnimatedPng],
]);
