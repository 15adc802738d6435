import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isExcludedPath } from '../../../src/privacy/excludedPaths.ts';

describe('isExcludedPath', () => {
	const folders = ['/home/me/site', '/c:/Site'];

	for (const [glob, path] of [
		['private/**', '/home/me/site/private/a.png'],
		['private/**', '/home/me/site/private/deep/.hidden/a.png'],
		['private', '/home/me/site/private/a.png'],
		['private/', '/home/me/site/images/private/a.png'],
		['./private/*.png', '/home/me/site/private/a.png'],
		['**/private/**', '/elsewhere/private/a.png'],
		['*.secret.png', '/home/me/site/images/a.secret.png'],
		['*.secret.png', '/elsewhere/a.secret.png'],
		['*.png', '/home/me/site/A.PNG'],
		['a.{png,jpg}', '/home/me/site/a.jpg'],
		['/home/me/site/private', '/home/me/site/private/a.png'],
		['/elsewhere/**', '/elsewhere/a.png'],
		['C:\\Site\\private', '/c:/site/private/a.png'],
		['private/[ab].png', '/c:/Site/private/b.png'],
		['#a.png', '/home/me/site/#a.png'],
		['!a.png', '/home/me/site/!a.png'],
		// What cannot be read counts as naming all.
		['a'.repeat(70_000), '/home/me/site/b.png'],
	] as const) {
		it(`is true of ${path} for ${glob.slice(0, 40)}`, () => {
			assert.ok(isExcludedPath({ path, folders }, [glob]));
			assert.ok(isExcludedPath({ path, folders }, ['other/**', glob]));
		});
	}

	for (const [glob, path] of [
		['private/**', '/home/me/site/images/private/a.png'],
		['private/**', '/home/me/sites/private/a.png'],
		['private', '/home/me/site/private.png'],
		['*.secret.png', '/home/me/site/secret.png'],
		['', '/home/me/site/a.png'],
		['  ', '/home/me/site/a.png'],
		['/', '/home/me/site/a.png'],
		['!private/**', '/home/me/site/a.png'],
	] as const) {
		it(`is false of ${path} for “${glob}”`, () => {
			assert.ok(!isExcludedPath({ path, folders }, [glob]));
		});
	}

	it('only grows with the list', () => {
		const glob = fc
			.array(fc.constantFrom('a', '*', '**', '/', '.', '!', '{', '}', ',', '(', ')', '[', ']', '+', '@', '\\'), {
				maxLength: 8,
			})
			.map((parts) => parts.join(''));
		const path = fc
			.array(fc.constantFrom('a', '.a', 'b', 'A.png'), { minLength: 1, maxLength: 4 })
			.map((names) => `/home/me/site/${names.join('/')}`);
		fc.assert(
			fc.property(path, glob, fc.array(glob, { maxLength: 3 }), (one, first, others) => {
				const file = { path: one, folders };
				assert.equal(
					isExcludedPath(file, [first, ...others]),
					isExcludedPath(file, [first]) || isExcludedPath(file, others),
				);
			}),
		);
	});
});
