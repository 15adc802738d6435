import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { roleOf } from '../../../src/altText/roles/role.ts';
import { endingOf, imageEndings, readableEndings } from '../../../src/attachments/fileEndings.ts';
import { findImages } from '../../../src/documents/index.ts';

describe('the endings of files that can be read', () => {
	it('are the same in the menus', () => {
		const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
		const lists = [...manifest.matchAll(/resourceExtname =~ \/\^\\\\\.\(?(?<endings>[a-z|?]+)\)?\$\/i/g)].map(
			({ groups }) => groups?.['endings']?.split('|').flatMap(withAndWithout).sort().join() ?? '',
		);
		const allowed = [readableEndings, imageEndings, ['pdf']].map((endings) => endings.toSorted().join());
		assert.ok(lists.length > 0 && lists.length === manifest.split('resourceExtname =~').length - 1);
		for (const list of lists) {
			assert.ok(allowed.includes(list), list);
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

/** `tiff?` means `tif` and `tiff`. */
function withAndWithout(ending: string): readonly string[] {
	return ending.includes('?') ? [ending.replace(/.\?/, ''), ending.replace('?', '')] : [ending];
}
