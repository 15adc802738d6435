import assert from 'node:assert/strict';

/** A change of a document; where in the document before it the image starts that got the alt text "new" by it. */
export type Change = readonly [name: string, before: string, after: string, start: number];

/** A test for each change that a second opinion accepts, and for each that it rejects. */
export function testJudge(
	accepts: (before: string, after: string, start: number) => boolean,
	accepted: readonly Change[],
	rejected: readonly Change[],
): void {
	for (const [name, ...change] of accepted) {
		it(`accepts ${name}`, () => assert.equal(accepts(...change), true));
	}
	for (const [name, ...change] of rejected) {
		it(`rejects ${name}`, () => assert.equal(accepts(...change), false));
	}
}
