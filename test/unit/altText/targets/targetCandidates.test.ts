import assert from 'node:assert/strict';
import { assert as holds, array, constantFrom, option, property, string } from 'fast-check';
import { sameNameAs, targetCandidates, type TargetPlace } from '../../../../src/altText/targets/targetCandidates.ts';

const place: TargetPlace = { documentPath: '/w/site/pages/a.md', workspaceRoots: ['/w'] };

/** The candidates for a target, those outside the workspace with a mark. */
function pathsOf(target: string, from: TargetPlace = place): readonly string[] {
	const lookup = targetCandidates(target, from);
	assert.ok(lookup.kind === 'file', target);
	return lookup.candidates.map(({ path, outside }) => (outside ? `! ${path}` : path));
}

const served = ['public', 'static', 'docs', 'assets', 'src'];

describe('targetCandidates', () => {
	const relative: readonly (readonly [target: string, ...paths: readonly string[]])[] = [
		['b.png', '/w/site/pages/b.png'],
		['./c//b.png', '/w/site/pages/c/b.png'],
		['../b.png', '/w/site/b.png'],
		['c/../../b.png', '/w/site/b.png'],
		['../../../b.png', '! /b.png'],
		['../../../../../b.png', '! /b.png'],
		['../../../w/b.png', '/w/b.png'],
		['../../../w2/b.png', '! /w2/b.png'],
		[' b.png ', '/w/site/pages/b.png'],
		['b.png?raw=true', '/w/site/pages/b.png'],
		['b.png#gh-dark-mode-only', '/w/site/pages/b.png'],
		['b.png?a#b?c', '/w/site/pages/b.png'],
		['my%20boat.png', '/w/site/pages/my boat.png', '/w/site/pages/my%20boat.png'],
		['C%23%3F.png#x', '/w/site/pages/C#?.png', '/w/site/pages/C%23%3F.png'],
		['b%C3%A4%E4.png', '/w/site/pages/b%C3%A4%E4.png'],
		['%C3%A4.png', '/w/site/pages/ä.png', '/w/site/pages/%C3%A4.png'],
		['100%.png', '/w/site/pages/100%.png'],
		['100%-%41.png', '/w/site/pages/100%-A.png', '/w/site/pages/100%-%41.png'],
		['%2541.png', '/w/site/pages/%41.png', '/w/site/pages/%2541.png'],
		['..\\img\\b.png', '/w/site/img/b.png'],
		['%2e%2e/%2e%2e/%2e%2e/b.png', '! /b.png', '/w/site/pages/%2e%2e/%2e%2e/%2e%2e/b.png'],
		['..%5C..%5C..%5Cb.png', '! /b.png', '/w/site/pages/..%5C..%5C..%5Cb.png'],
		['C:\\img\\b.png', '! /C:/img/b.png'],
		['c:/img/b.png', '! /c:/img/b.png'],
		['file:///w/b%20c.png', '/w/b c.png'],
		['file:///etc/b.png', '! /etc/b.png'],
		['FILE://localhost/w/b.png', '/w/b.png'],
	];
	for (const [target, ...paths] of relative) {
		it(`looks for ${target}`, () => {
			assert.deepEqual(pathsOf(target), paths);
		});
	}

	it('looks for a path from the root in the workspace, then in what sites serve, nearest first', () => {
		assert.deepEqual(pathsOf('/img/b.png?c'), [
			'/w/img/b.png',
			...served.map((folder) => `/w/site/pages/${folder}/img/b.png`),
			'/w/site/pages/img/b.png',
			...served.map((folder) => `/w/site/${folder}/img/b.png`),
			'/w/site/img/b.png',
			...served.map((folder) => `/w/${folder}/img/b.png`),
			'! /img/b.png',
		]);
	});

	it('knows what stands for the root of a site', () => {
		assert.deepEqual(pathsOf('%PUBLIC_URL%/b.png'), pathsOf('/b.png'));
		assert.deepEqual(pathsOf('%BASE_URL%.png'), ['/w/site/pages/%BASE_URL%.png']);
	});

	it('takes a path from the root for that of the machine last', () => {
		assert.equal(pathsOf('/w/img/b.png').at(-1), '/w/img/b.png');
		assert.equal(pathsOf('/../x.png').at(0), '! /x.png');
	});

	const sources = [
		...['/w/site/src/b.png', '/w/site/b.png', '/w/site/app/b.png'],
		...['/w/src/b.png', '/w/b.png', '/w/app/b.png'],
	];
	const scripts: readonly (readonly [target: string, ...paths: readonly string[]])[] = [
		['@/b.png', ...sources, '/w/site/@/b.png'],
		['~/b.png', ...sources, '/w/site/~/b.png'],
		['~@/b.png', ...sources, '/w/site/~@/b.png'],
		['@site/static/b.png', '/w/site/static/b.png', '/w/static/b.png', '/w/site/@site/static/b.png'],
		['@2x.png', '/w/site/@2x.png'],
	];
	for (const [target, ...paths] of scripts) {
		it(`knows the alias in ${target}`, () => {
			assert.deepEqual(pathsOf(target, { ...place, documentPath: '/w/site/a.tsx' }), paths);
		});
	}

	describe('with a tsconfig', () => {
		const paths = {
			'@/*': ['/w/site/lib/*', '/w/site/more/*'],
			'@/img/*': ['/w/site/pictures/*'],
			'#logo': ['/w/site/brand/logo.svg'],
			'assets/*.png': ['/w/shared/*.png'],
			'@/$/*': ['/w/site/$&/*'],
		};
		const tsconfig = { paths };
		const from: TargetPlace = { documentPath: '/w/site/pages/a.tsx', workspaceRoots: ['/w'], tsconfig };

		it('replaces the star of its paths, the longest prefix first', () => {
			assert.deepEqual(pathsOf('@/b.png', from).slice(0, 3), [
				'/w/site/lib/b.png',
				'/w/site/more/b.png',
				'/w/site/pages/src/b.png',
			]);
			assert.deepEqual(pathsOf('@/img/b.png', from).slice(0, 2), [
				'/w/site/pictures/b.png',
				'/w/site/pages/src/img/b.png',
			]);
			assert.equal(pathsOf('@/$/b.png', from)[0], '/w/site/$&/b.png');
		});

		it('looks beside the document first for what is no alias', () => {
			assert.deepEqual(pathsOf('assets/b.png', from), ['/w/site/pages/assets/b.png', '/w/shared/b.png']);
			assert.deepEqual(pathsOf('assets/.png', from), ['/w/site/pages/assets/.png', '/w/shared/.png']);
			assert.deepEqual(pathsOf('assets/b.jpg', from), ['/w/site/pages/assets/b.jpg']);
			assert.deepEqual(pathsOf('./@/b.png', from), ['/w/site/pages/@/b.png']);
		});

		it('starts from its base URL', () => {
			const based = { ...from, tsconfig: { ...tsconfig, baseUrl: '/w/site/base' } };
			assert.equal(pathsOf('@/b.png', based)[0], '/w/site/lib/b.png');
			assert.deepEqual(pathsOf('img/b.png', based), ['/w/site/pages/img/b.png', '/w/site/base/img/b.png']);
		});

		it('says when it leads out of the workspace', () => {
			const outside = { paths: { '@/*': ['/w/../../*'] } };
			assert.equal(pathsOf('@/b.png', { ...from, tsconfig: outside })[0], '! /b.png');
		});
	});

	it('looks from each workspace folder when the document was never saved', () => {
		const workspaceRoots = ['/v', '/w/'];
		assert.deepEqual(pathsOf('b.png', { workspaceRoots }), ['/v/b.png', '/w/b.png']);
		assert.deepEqual(pathsOf('../b.png', { workspaceRoots }), ['! /b.png']);
		assert.deepEqual(pathsOf('/b.png', { workspaceRoots }).slice(0, 2), ['/v/b.png', '/w/b.png']);
	});

	it('takes the innermost workspace folder of the document for its root', () => {
		const workspaceRoots = ['/w', '/w/site', '/v'];
		assert.equal(pathsOf('/b.png', { ...place, workspaceRoots })[0], '/w/site/b.png');
		assert.ok(!pathsOf('/b.png', { ...place, workspaceRoots }).includes('/w/public/b.png'));
		assert.deepEqual(pathsOf('../../../v/b.png', { ...place, workspaceRoots }), ['/v/b.png']);
	});

	it('takes the folder of a document from elsewhere for a part of the workspace', () => {
		const elsewhere = { documentPath: '/x/y/a.md', workspaceRoots: ['/w'] };
		assert.deepEqual(pathsOf('b.png', elsewhere), ['/x/y/b.png']);
		assert.deepEqual(pathsOf('../b.png', elsewhere), ['! /x/b.png']);
		assert.equal(pathsOf('/b.png', elsewhere)[0], '/w/b.png');
		assert.deepEqual(pathsOf('b.png', { documentPath: '/x/y/a.md', workspaceRoots: [] }), ['/x/y/b.png']);
	});

	it('knows drives in either case', () => {
		const onWindows = { documentPath: '/c:/w/a.md', workspaceRoots: ['/c:/w'] };
		assert.deepEqual(pathsOf('C:\\w\\b.png', onWindows), ['/C:/w/b.png']);
		assert.deepEqual(pathsOf('D:\\w\\b.png', onWindows), ['! /D:/w/b.png']);
	});

	it('works where the workspace is the whole disk', () => {
		assert.deepEqual(pathsOf('../b.png', { documentPath: '/a/c.md', workspaceRoots: ['/'] }), ['/b.png']);
		assert.ok(pathsOf('/b.png', { documentPath: '/a/c.md', workspaceRoots: ['/'] }).includes('/public/b.png'));
	});

	const others: readonly (readonly [target: string, lookup: unknown])[] = [
		['https://a.b/c d.png?e#f', { kind: 'url', url: 'https://a.b/c%20d.png?e#f' }],
		['HTTP://a.b/c.png', { kind: 'url', url: 'http://a.b/c.png' }],
		['//a.b/c.png', { kind: 'url', url: 'https://a.b/c.png' }],
		['https://', { kind: 'unknown' }],
		['//', { kind: 'unknown' }],
		['attachment:a%20b.png', { kind: 'attachment', name: 'a b.png' }],
		['attachment:', { kind: 'unknown' }],
		['', { kind: 'unknown' }],
		['#top', { kind: 'unknown' }],
		['?a', { kind: 'unknown' }],
		['mailto:a@b.c', { kind: 'unknown' }],
		...['{{a}}/b.png', 'a{%b%}.png', '<%=a%>.png', '<?a?>.png', '${a}.png'].map(
			(target) => [target, { kind: 'unknown' }] as const,
		),
		['blob:https://a.b/c', { kind: 'unknown' }],
		['constructor:a', { kind: 'unknown' }],
		['\\\\server\\share\\b.png', { kind: 'unknown' }],
		['/%5Cserver/b.png', { kind: 'unknown' }],
		['file://server/b.png', { kind: 'unknown' }],
		['.. /b.png', { kind: 'unknown' }],
		['.../b.png', { kind: 'unknown' }],
		['data:image/PNG;base64,aGk=', { kind: 'data', mediaType: 'image/png', bytes: 'hi' }],
		['data:image/png;a=b; base64,a%47\nk%3D', { kind: 'data', mediaType: 'image/png', bytes: 'hi' }],
		['data:image/png;base64,_-8', { kind: 'data', mediaType: 'image/png', bytes: Buffer.from('/+8', 'base64') }],
		['data:image/png;base64,a*b', { kind: 'unknown' }],
		[
			'data:image/svg+xml,%3Csvg fill="#fff"%C3%A4ä',
			{ kind: 'data', mediaType: 'image/svg+xml', bytes: '<svg fill="#fff"ää' },
		],
		['DATA:image/svg+xml;utf8,100%', { kind: 'data', mediaType: 'image/svg+xml', bytes: '100%' }],
		['data:,a', { kind: 'data', mediaType: 'text/plain', bytes: 'a' }],
		['data:image/png;base64', { kind: 'unknown' }],
	];
	for (const [target, expected] of others) {
		it(`tells what ${JSON.stringify(target)} is`, () => {
			const lookup = targetCandidates(target, place);
			const bytes = lookup.kind === 'data' ? Buffer.from(lookup.bytes) : undefined;
			const wantsText = typeof (expected as { bytes?: unknown }).bytes === 'string';
			assert.deepEqual(
				bytes === undefined ? lookup : { ...lookup, bytes: wantsText ? bytes.toString() : bytes },
				expected,
			);
		});
	}

	it('decodes no more data than is allowed', () => {
		const kind = (target: string): string => targetCandidates(target, { ...place, dataLimit: 3 }).kind;
		assert.equal(kind('data:,abc'), 'data');
		assert.equal(kind('data:,%61%62%63'), 'data');
		assert.equal(kind('data:,abcd'), 'unknown');
		assert.equal(kind('data:;base64,YWJj'), 'data');
		assert.equal(kind('data:;base64,YWJjZA=='), 'unknown');
	});

	it('never leaves the workspace without saying so', () => {
		const piece = constantFrom(
			'..',
			'.',
			'/',
			'\\',
			'%2e',
			'%2F',
			'%5c',
			'a',
			'w',
			' ',
			'~',
			'@',
			':',
			'C:',
			'//',
			'\0',
			'%00',
			'*',
		);
		const targets = array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
		const paths = array(string(), { maxLength: 2 }).map((found) => ({ '@/*': found, '*': ['../*', ...found] }));
		holds(
			property(targets, option(paths, { nil: undefined }), (target, aliases) => {
				const tsconfig = aliases && { paths: aliases };
				const lookup = targetCandidates(target, { ...place, ...(tsconfig && { tsconfig }) });
				for (const { path, outside } of lookup.kind === 'file' ? lookup.candidates : []) {
					const names = path.split('/');
					assert.equal(names[0], '');
					assert.ok(!names.some((name) => /^\.[. ]*$|\\|\0/.test(name)), path);
					assert.equal(outside === true, names[1] !== 'w', path);
				}
			}),
		);
	});
});

describe('sameNameAs', () => {
	const rows: readonly (readonly [name: string, entries: readonly string[], found: string | undefined])[] = [
		['a.png', ['A.png', 'a.png'], 'a.png'],
		['a.png', ['b.png', 'A.PNG'], 'A.PNG'],
		['ä'.normalize('NFD'), ['ä'.normalize('NFC'), 'ä'.normalize('NFD')], 'ä'.normalize('NFD')],
		['ä.png'.normalize('NFC'), ['ä.png'.normalize('NFD')], 'ä.png'.normalize('NFD')],
		['Ä.png'.normalize('NFD'), ['ä.png'.normalize('NFC')], 'ä.png'.normalize('NFC')],
		['ä.png'.normalize('NFC'), ['Ä.png', 'ä.png'.normalize('NFD')], 'ä.png'.normalize('NFD')],
		['a.png', ['A.png', 'a.PNG'], undefined],
		['a.png', ['a.jpg', 'aa.png'], undefined],
		['a.png', [], undefined],
	];
	for (const [name, entries, found] of rows) {
		it(`picks ${String(found)} for ${name} out of ${entries.join(', ')}`, () => {
			assert.equal(sameNameAs(name, entries), found);
		});
	}
});
