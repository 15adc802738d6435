import assert from 'node:assert/strict';
import { silencedByComments } from '../../../../src/altText/findings/markdownlintComments.ts';

describe('silencedByComments', () => {
	for (const [text, ...expected] of [
		['a\nb', false, false],
		['a <!-- markdownlint-disable-line MD045 -->\nb', true, false],
		['a <!-- markdownlint-disable-line -->\r\nb', true, false],
		['a <!-- markdownlint-disable-line MD013 -->\nb', false, false],
		['a <!-- markdownlint-disable-line MD013 no-alt-text -->\nb', true, false],
		['a <!-- markdownlint-disable-line MD0451 -->\nb', false, false],
		['<!-- markdownlint-disable-next-line md045 -->\na\nb', false, true, false],
		[
			'a\n<!-- markdownlint-disable MD045 -->\nb\n<!-- markdownlint-enable MD045 -->\nc',
			false,
			true,
			true,
			false,
			false,
		],
		[
			'a\n<!-- markdownlint-disable images -->\nb\n<!-- markdownlint-enable MD013 -->\nc',
			false,
			true,
			true,
			true,
			true,
		],
		['a\n<!-- MARKDOWNLINT-DISABLE-FILE MD045 -->', true, true],
		['<!-- markdownlint-disable', false],
		['<!-- markdownlint-disabled MD045 -->', false],
	] as const) {
		it(JSON.stringify(text), () => {
			const isSilenced = silencedByComments(text);
			const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
			assert.deepEqual(starts.map(isSilenced), expected);
		});
	}
});
