import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whereaboutsOf } from '../../../src/attachments/whereabouts.ts';

describe('whereaboutsOf', () => {
	describe('a file system that follows links', () => {
		let root: string;
		const at = (path: string): string => join(root, path);

		before(async () => {
			root = await realpath(await mkdtemp(join(tmpdir(), 'descry-links-')));
			await mkdir(at('home/pictures'), { recursive: true });
			await mkdir(at('home2'));
			await mkdir(at('elsewhere'));
			for (const path of ['home/a.png', 'home/pictures/b.png', 'home/..c.png', 'home2/a.png', 'elsewhere/secret.png']) {
				await writeFile(at(path), '');
			}
			await symlink('a.png', at('home/to-inside.png'));
			await symlink('../elsewhere/secret.png', at('home/to-outside.png'));
			await symlink('to-outside.png', at('home/to-link.png'));
			await symlink(at('elsewhere'), at('home/folder'));
			await symlink('../home/pictures', at('elsewhere/back'));
			await symlink('nowhere.png', at('home/broken.png'));
			await symlink('circle.png', at('home/circle.png'));
			await symlink('home', at('opened'));
		});

		after(() => rm(root, { recursive: true }));

		for (const [path, kind, real] of [
			['home/a.png', 'inside'],
			['home/..c.png', 'inside'],
			['home/to-inside.png', 'inside'],
			['home/folder/back/b.png', 'inside'],
			['opened/a.png', 'inside'],
			['elsewhere/back/b.png', 'inside'],
			['home2/a.png', 'outside', 'home2/a.png'],
			['home/to-outside.png', 'outside', 'elsewhere/secret.png'],
			['home/to-link.png', 'outside', 'elsewhere/secret.png'],
			['home/folder/secret.png', 'outside', 'elsewhere/secret.png'],
			['opened/folder/secret.png', 'outside', 'elsewhere/secret.png'],
			['home/broken.png', 'unknown'],
			['home/circle.png', 'unknown'],
			['home/nowhere.png', 'unknown'],
		] as const) {
			it(`finds ${path} ${kind}`, async () => {
				const expected = real === undefined ? { kind } : { kind, realPath: at(real) };
				for (const home of ['home', 'opened']) {
					const homes = [at(home), at('gone')];
					assert.deepEqual(await whereaboutsOf(at(path), homes, { realPath: realpath }), expected, home);
				}
			});
		}

		it('finds nothing inside where no folder is open', async () => {
			const { kind } = await whereaboutsOf(at('home/a.png'), [], { realPath: realpath });
			assert.equal(kind, 'outside');
		});
	});

	describe('a file system that only tells what is a link', () => {
		const links = new Set(['/w/link.png', '/w/folder', '/linked']);
		const isLink = (path: string): Promise<boolean> =>
			path.includes('broken') ? Promise.reject(new Error('There is no such file.')) : Promise.resolve(links.has(path));

		for (const [path, kind] of [
			['/w/a.png', 'inside'],
			['/w/b/c.png', 'inside'],
			['/linked/a.png', 'inside'],
			['/w/link.png', 'unknown'],
			['/w/folder/b/c.png', 'unknown'],
			['/w/broken.png', 'unknown'],
			['/w2/a.png', 'outside'],
			['/a.png', 'outside'],
		] as const) {
			it(`finds ${path} ${kind}`, async () => {
				assert.equal((await whereaboutsOf(path, ['/w/', '/linked'], { isLink })).kind, kind);
			});
		}
	});
});
