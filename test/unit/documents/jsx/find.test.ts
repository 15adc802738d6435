import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages as findInDocument } from '../../../../src/documents/index.ts';
import { findImages } from '../../../../src/documents/jsx/find.ts';
import { nastyJsx, nastyTsx } from './nastyJsx.ts';
import { imagesByBabel, seenByUs } from './referenceParser.ts';

describe('findImages in JSX', function () {
	// The property tests take a second on a machine that does nothing else.
	this.timeout(30_000);

	const images: readonly (readonly [name: string, text: string, alt: string, target: string])[] = [
		['an img', '<img alt="a" src="b"/>', 'a', 'b'],
		['an Image with children', '<Image alt="a" src="b"> c <b/></Image>', 'a', 'b'],
		['single quotes', "<img alt='a' src='b'/>", 'a', 'b'],
		['strings', `<img alt={'a'} src={"b"}/>`, 'a', 'b'],
		['templates', '<img alt={`a`} src={`b`}/>', 'a', 'b'],
		['an empty text', '<img alt="" src=""/>', '', ''],
		['references', '<img alt="&lt;a&gt; &#35; &#x1F600; &apos;" src="b?c&amp;d"/>', "<a> # 😀 '", 'b?c&d'],
		[
			'names of HTML 4 only',
			'<img alt="&lang;&rang; &check; &nosuch; &copy &#X41;"/>',
			'\u2329\u232A &check; &nosuch; &copy &#X41;',
			'',
		],
		['backslashes in an attribute', '<img alt="a\\n\\" src="b\\c"/>', 'a\\n\\', 'b\\c'],
		[
			'escapes in a string',
			`<img alt={'\\'\\"\\\\ \\x41\\u0042\\u{1F600}\\a\\$b\\\nc'} src={"\\t"}/>`,
			`'"\\ AB😀a$bc`,
			'\t',
		],
		['escapes in a template', '<img alt={`\\`\\${a} $ {b}`}/>', '`${a} $ {b}', ''],
		['references in a string', '<img alt={"&amp;"}/>', '&amp;', ''],
		['a text of several lines', '<img\n\talt="a\r\n\t\tb"\n\tsrc="c"\n/>', 'a b', 'c'],
		['comments between attributes', '<img // alt="a"\n alt /* b */ = /* c */ "d"/>', 'd', ''],
		['comments in braces', "<img alt={/* ' */ 'a' // b\n}/>", 'a', ''],
		['a gap in the end of the tag', '<p><img alt="a" src="b" / > c</p>', 'a', 'b'],
		['a line break in the end of the tag', '<><img alt="a" /\n>\n<b/ ></>', 'a', ''],
		['comments in the end of the tag', 'c = <Image alt="a" / // b\n /* > */>;', 'a', ''],
		['no gap before an end with one', '<><img alt={"a"}/ ><p / ></>', 'a', ''],
		['the last of two', '<img alt="a" alt="b"/>', 'b', ''],
		['an attribute behind a spread', '<img {...a} alt="b" src="c"/>', 'b', 'c'],
		['angle brackets in values', '<img a={() => b > c} d="<img/>" alt="e"/>', 'e', ''],
		['an img beside a comment', '<p>{/* <img alt="a"/> */}<img alt="b"/></p>', 'b', ''],
		['an img beside two empty pairs of braces', '<p>{/* } */}{}<img alt="a"/></p>', 'a', ''],
		['an Image around them', '<Image alt="a">{}{/* } */}</Image>', 'a', ''],
		['an img in a template', '`<img/>${<img alt="a"/>}`', 'a', ''],
		['an img in an attribute', '<a b={<img alt="c"/>}/>', 'c', ''],
		['an img behind comparisons', 'a < img; b<c>(<img alt="d"/>)', 'd', ''],
	];

	for (const [name, text, alt, target] of images) {
		it(`finds ${name}`, () => {
			const found = findImages(text, 'javascript');
			assert.deepEqual(
				found.map((image) => [image.alt, image.altKind, image.target]),
				[[alt, 'written', target]],
			);
			assert.deepEqual(found.map(seenByUs), imagesByBabel(text, 'javascript'));
		});
	}

	it('finds where each of a row of images ends, with a gap or without', () => {
		for (const text of ['<img / >', '<img src="a" / >', '<img src={b} / /* > */ >', "<img alt='c' {...d}/ >"]) {
			const row = `<p>${`${text} and <img src="e" />`.repeat(20)}</p>`;
			for (const dialect of ['javascript', 'typescript'] as const) {
				assert.deepEqual(findImages(row, dialect).map(seenByUs), imagesByBabel(row, dialect));
			}
		}
	});

	const noImages: readonly (readonly [name: string, text: string])[] = [
		['comments', '// <img/>\n/* <img/> */ a'],
		['strings', '"<img/>" + \'<Image/>\''],
		['templates', '`<img/>${a}<img/>`'],
		['regular expressions', '/<img[/>]/.test(a)'],
		['text', '<p>&lt;img/&gt; {"<img/>"}</p>'],
		['comments between tags', '<p>{/* <img/> */}</p>'],
		['attributes', '<p title="<img/>"/>'],
		['comparisons', 'a <img && b > c'],
		['other elements', '<><NextImage/><Img/><image/><a.Image/><Image.a/><img:a/><a:img/><img-a/></>'],
	];

	for (const [name, text] of noImages) {
		it(`finds none in ${name}`, () => {
			assert.deepEqual(findImages(text, 'javascript'), []);
			assert.deepEqual(imagesByBabel(text, 'javascript'), []);
		});
	}

	it('finds none in types', () => {
		const text = 'let a = b as Array<Image>; const c = <T extends Image>(d: T) => d; e<Image>(f);';
		assert.deepEqual(findImages(text, 'typescript'), []);
		assert.deepEqual(imagesByBabel(text), []);
	});

	const absent: readonly (readonly [text: string, placeBehind: string])[] = [
		['<img src="a" b="c"/>', '<img src="a"'],
		['<img b="c" />', '<img b="c"'],
		['<img/>', '<img'],
		['<img alt src="a"/>', '<img alt'],
	];
	for (const [text, placeBehind] of absent) {
		it(`says that there is no alt text: ${text}`, () => {
			const [image] = findImages(text, 'javascript');
			assert.equal(image?.altKind, 'absent');
			assert.deepEqual([image.altStart, image.altEnd], [placeBehind.length, placeBehind.length]);
			assert.deepEqual([seenByUs(image)], imagesByBabel(text, 'javascript'));
		});
	}

	const computed = [
		...[
			'alt={a}',
			"alt={t('a')}",
			'alt={`a ${b}`}',
			'alt={c`a`}',
			"alt={'a' + b}",
			"alt={('a')}",
			'alt={a ? "b" : "c"}',
		],
		...['alt={undefined}', 'alt=<b/>', 'alt="a" {...b}', 'alt {...b}', '{...b}', '{...{ alt: "a" }}'],
	];
	for (const attributes of computed) {
		it(`says that an alt text is computed: ${attributes}`, () => {
			const text = `<img ${attributes}/>`;
			const found = findImages(text, 'javascript');
			assert.deepEqual(
				found.map(({ altKind }) => altKind),
				['computed'],
			);
			assert.deepEqual(found.map(seenByUs), imagesByBabel(text, 'javascript'));
		});
	}

	const targets: readonly (readonly [name: string, text: string, target: string])[] = [
		['an import', "import a from './b.png';\n<img src={a}/>", './b.png'],
		['a namespace import', "import * as a from './b.png';\n<img src={a.default}/>", './b.png'],
		['an imported object', "import a, { c } from './b.png';\n<Image src={a.src}/>", './b.png'],
		['require', "<img src={require('./a.png')}/>", './a.png'],
		['the default of require', "<img src={require('./a.png').default}/>", './a.png'],
		['a constant', "const a = require('./b.png');\n<img src={a}/>", './b.png'],
		['the second of two constants', 'const c = 1, a = `./b.png`;\n<img src={a}/>', './b.png'],
		['a constant that comes later', '<img src={a}/>;\nexport const a = "./b.png"', './b.png'],
		['a URL', "<img src={new URL('./a.png', import.meta.url)}/>", './a.png'],
		['the text of a URL', "<img src={new URL('./a.png', import.meta.url).href}/>", './a.png'],
	];
	for (const [name, text, target] of targets) {
		it(`knows where the target is: ${name}`, () => {
			const [image] = findImages(text, 'javascript');
			assert.ok(image);
			assert.deepEqual([image.target, image.targetKind], [target, undefined]);
			assert.equal(text.slice(image.targetStart, image.targetEnd), target);
		});
	}

	it('knows a constant with a type', () => {
		const [image] = findImages("const a: B = './c.png';\n<img src={a}/>", 'typescript');
		assert.equal(image?.target, './c.png');
	});

	const unknown: readonly (readonly [name: string, text: string])[] = [
		['an unknown name', '<img src={a}/>'],
		['a named import', "import { a } from './b.png';\n<img src={a}/>"],
		['a parameter of the same name', "import a from './b.png';\nconst c = ({ a }) => <img src={a}/>"],
		['a variable', "let a = './b.png';\n<img src={a}/>"],
		['a constant without a value of its own', "const [a] = './b.png', c = './d.png';\n<img src={a}/>"],
		['a constant that is itself', 'const a = b, b = a;\n<img src={a}/>'],
		['a member', '<img src={a.b}/>'],
		['a member of a text', "<img src={'a'.src}/>"],
		['another member of an import', "import a from './b.png';\n<img src={a.width}/>"],
		['a call', "<img src={url('./a.png')}/>"],
		['a URL of something else', "<img src={new URL('./a.png', b)}/>"],
		['another object than a URL', "<img src={new A('./a.png', import.meta.url)}/>"],
		['a spread behind it', '<img src="a" {...b}/>'],
		['a spread alone', '<img {...b}/>'],
		['an element', '<img src=<a/>/>'],
	];
	for (const [name, text] of unknown) {
		it(`does not guess a target: ${name}`, () => {
			const image = findImages(text, 'javascript').find(({ syntax }) => syntax === 'jsx');
			assert.deepEqual([image?.target, image?.targetKind], ['', 'computed']);
		});
	}

	const hidden = ['aria-hidden', 'aria-hidden="true"', 'aria-hidden={true}', "role='presentation'", "role={'None'}"];
	for (const attribute of hidden) {
		it(`sees that an image is hidden: ${attribute}`, () => {
			assert.equal(findImages(`<img ${attribute}/>`, 'javascript')[0]?.hidden, true);
		});
	}

	for (const attribute of ['aria-hidden="false"', 'aria-hidden={a}', 'role="img"', 'hidden']) {
		it(`sees that an image is not hidden: ${attribute}`, () => {
			assert.equal(findImages(`<img ${attribute}/>`, 'javascript')[0]?.hidden, undefined);
		});
	}

	const links: readonly (readonly [text: string, link: string | undefined])[] = [
		['<a href="b?c&amp;d"><b><img/></b></a>', 'b?c&d'],
		["<Link href={'b'}>{a && <img/>}</Link>", 'b'],
		['<Link to="b"><img/></Link>', 'b'],
		['<a href={b}><img/></a>', undefined],
		['<p href="b"><img/></p>', undefined],
		['<><a href="b"/><img/></>', undefined],
	];
	for (const [text, link] of links) {
		it(`knows the link around an image: ${text}`, () => {
			assert.equal(findImages(text, 'javascript')[0]?.link, link);
		});
	}

	for (const [text, inButton] of [
		['<button><b><img/></b></button>', true],
		['<Button>{a && <img/>}</Button>', true],
		['<p role="button"><img/></p>', true],
		['<p><button/><img/></p>', undefined],
	] as const) {
		it(`knows whether an image is in a button: ${text}`, () => {
			assert.equal(findImages(text, 'javascript')[0]?.inButton, inButton);
		});
	}

	it('says where everything is, in UTF-16 code units', () => {
		const text = '\uFEFF"😀"; <p><Image src={"a"} alt="&quot;b&quot;">c</Image></p>';
		const [image] = findImages(text, 'javascript');
		assert.ok(image);
		assert.equal(text.slice(image.start, image.end), '<Image src={"a"} alt="&quot;b&quot;">c</Image>');
		assert.equal(text.slice(image.altStart, image.altEnd), '&quot;b&quot;');
		assert.equal(text.slice(image.targetStart, image.targetEnd), 'a');
	});

	it('finds images in a document that is being typed', () => {
		const text = 'function A() {\n\treturn <p><img src="a" alt="b" /><\n}\nconst c = <Image alt="d" />;';
		assert.equal(findImages(text, 'typescript')[0]?.alt, 'b');
	});

	it('is there for the languages that hold JSX', async () => {
		const count = async (languageId: string, path?: string): Promise<number> =>
			(await findInDocument('const a = <T,>(b: T) => <img/>', languageId, path === undefined ? {} : { path })).length;
		assert.equal(await count('typescriptreact'), 1);
		assert.equal(await count('', 'a.tsx'), 1);
		assert.equal(await count('typescript', 'a.ts'), 0);
		for (const [languageId, path] of [
			['javascript'],
			['javascriptreact'],
			['', 'a.jsx'],
			['', 'a.js'],
			['', 'a.mjs'],
		] as const) {
			assert.equal((await findInDocument('<Image/>', languageId, path === undefined ? {} : { path })).length, 1);
		}
	});

	for (const [dialect, documents] of [
		['javascript', nastyJsx],
		['typescript', nastyTsx],
	] as const) {
		it(`agrees with Babel on nasty documents: ${dialect}`, () => {
			fc.assert(
				fc.property(documents, (text) => {
					const expected = imagesByBabel(text, dialect);
					if (expected !== undefined) {
						assert.deepEqual(findImages(text, dialect).map(seenByUs), expected);
					}
				}),
				{ numRuns: 500 },
			);
		});
	}
});
