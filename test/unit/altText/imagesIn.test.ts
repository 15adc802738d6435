import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { imagesIn } from '../../../src/altText/imagesIn.ts';

/** A document that can be typed into, and how often its text was asked for. */
function documentOf(
	text: string,
	languageId = 'markdown',
): {
	readonly document: TextDocument;
	readonly type: (text: string, languageId?: string) => void;
	readonly reads: () => number;
} {
	let reads = 0;
	const state = { text, version: 1, languageId };
	const document = {
		uri: { path: '/a' },
		getText: () => (reads++, state.text),
		get version() {
			return state.version;
		},
		get languageId() {
			return state.languageId;
		},
	} as unknown as TextDocument;
	return {
		document,
		type: (next, nextLanguageId = state.languageId) =>
			Object.assign(state, { text: next, version: state.version + 1, languageId: nextLanguageId }),
		reads: () => reads,
	};
}

describe('the images in an open document', () => {
	it('are found once for each version', async () => {
		const { document, type, reads } = documentOf('![a](b)');
		const [one, other] = await Promise.all([imagesIn(document), imagesIn(document)]);
		assert.equal(one, other);
		assert.deepEqual(
			one.images.map(({ alt }) => alt),
			['a'],
		);
		assert.equal(reads(), 1);
		type('![a](b) ![c](d)');
		assert.deepEqual(
			(await imagesIn(document)).images.map(({ alt }) => alt),
			['a', 'c'],
		);
		assert.equal(reads(), 2);
	});

	it('are those of its text when they were asked for', async () => {
		const { document, type } = documentOf('![a](b)');
		const before = imagesIn(document);
		type('![c](d)');
		const after = imagesIn(document);
		assert.deepEqual((await before).images[0]?.alt, 'a');
		assert.deepEqual((await after).images[0]?.alt, 'c');
	});

	it('are found anew in another language', async () => {
		const { document, type } = documentOf('![a](b) <img alt="c">');
		assert.equal((await imagesIn(document)).images.length, 2);
		type('![a](b) <img alt="c">', 'html');
		assert.deepEqual(
			(await imagesIn(document)).images.map(({ alt }) => alt),
			['c'],
		);
	});
});
