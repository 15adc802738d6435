import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { roleOf } from '../../../src/altText/role.ts';
import { endingOf, imageEndings, readableEndings } from '../../../src/attachments/fileEndings.ts';
import { findImages } from '../../../src/documents/index.ts';

describe('the endings of files that can be read', () => {
	it('are the same in the menus', () => {
		const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
		const patterns = [...manifest.matchAll(/resourceExtname =~ \/(?<pattern>.*?)\/i/g)].map(
			({ groups }) => new RegExp(String(JSON.parse(`"${groups?.['pattern'] ?? ''}"`)), 'i'),
		);
		assert.ok(patterns.length > 0);
		for (const pattern of patterns) {
			const offered = readableEndings.filter((ending) => pattern.test(`.${ending}`));
			assert.ok(
				[readableEndings, imageEndings, ['pdf']].some((some) => some.join() === offered.join()),
				`${String(pattern)} offers ${offered.join()}`,
			);
		}
	});

	it('are read without their case', () => {
		assert.equal(endingOf('/a.b/C.D.JPG'), 'jpg');
		assert.equal(endingOf('/a.b/c'), 'c');
	});

	it('tell that a thumbnail leads to its picture', async () => {
		for (const ending of imageEndings) {
			const text = `[![](small.png)](large.${ending}?raw=true)`;
			const [image] = await findImages(text, 'markdown');
			assert.ok(image);
			assert.equal(roleOf(text, 'markdown', image), 'informative', ending);
		}
	});
});
