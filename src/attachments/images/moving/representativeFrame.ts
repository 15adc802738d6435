import { type Animation, type ShownFrame, withinReach } from './animation.ts';
import { lookAt } from './look.ts';

/** Where in a moving picture to look for a frame that shows it, the preferred first: 0 is its start, 1 its end. */
const places = [0.5, 0.75, 0.25, 1, 0] as const;

/** Of the richest frame's detail: a frame with so much shows the picture as well. */
const enough = 0.6;

/** The frame that shows most of a moving picture: many begin and end blank. Undefined when none can be decoded. */
export async function representativeFrame(animation: Animation): Promise<ShownFrame | undefined> {
	const reach = withinReach(animation.frames);
	const preferred = [...new Set(places.map((place) => reach[Math.floor(place * (reach.length - 1))] ?? 0))];
	const looks = await lookAt(
		animation,
		[...preferred].sort((one, other) => one - other),
	);
	const most = Math.max(...looks.map(({ detail }) => detail));
	const rich = new Set(looks.filter(({ detail }) => detail >= enough * most).map(({ index }) => index));
	const index = preferred.find((one) => rich.has(one));
	return index === undefined ? undefined : ((await animation.show([index]).next()).value ?? undefined);
}
