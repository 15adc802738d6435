import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages, rewriteAltText } from '../../../../src/documents/index.ts';
import { assertOrderIsNothing, pick, rewritten as rewrittenIn, shown } from '../rewriting.ts';
import { nastyHtml, nastyText } from './nastyHtml.ts';
import { imagesByParse5 } from './referenceParser.ts';

const rewritten = (text: string, index: number, altText: string): Promise<string> =>
	rewrittenIn('html', text, index, altText);

describe('rewriteAltText in HTML', function () {
	// The property tests take a second on a machine that does nothing else.
	this.timeout(30_000);

	const rewrites: readonly (readonly [name: string, text: string, altText: string, expected: string])[] = [
		['double quotes', '<img alt="a" src="b">', 'A "cat" isn\'t', '<img alt="A &quot;cat&quot; isn\'t" src="b">'],
		['single quotes', "<img alt='a' src='b'>", 'A "cat" isn\'t', "<img alt='A \"cat\" isn&#39;t' src='b'>"],
		['one word without quotes', '<img alt=a src=b>', 'Katze', '<img alt=Katze src=b>'],
		['more words without quotes', '<img alt=a src=b>', 'A cat', '<img alt="A cat" src=b>'],
		['a slash without quotes', '<img src=b alt=a>', 'c/', '<img src=b alt="c/">'],
		['an empty one without quotes', '<img alt=a src=b>', '', '<img alt="" src=b>'],
		['an attribute without a value', '<img alt src=b>', 'A cat', '<img alt="A cat" src=b>'],
		['an attribute with nothing after its equals sign', '<img src=b alt= >', 'c', '<img src=b alt= "c">'],
		['no attribute: after the source', '<img src="b" class="c">', 'A cat', '<img src="b" alt="A cat" class="c">'],
		['no attribute: after the source for scripts', '<img data-src=b id=c>', 'd', '<img data-src=b alt="d" id=c>'],
		['no attribute: after the last one', '<img class="c" />', 'A cat', '<img class="c" alt="A cat" />'],
		['no attribute: after the name', '<img/>', 'A cat', '<img alt="A cat"/>'],
		['no attribute: not after an equals sign', '<img id=a src=>', 'b', '<img id=a alt="b" src=>'],
		['no attribute: with an empty one', '<img src="b">', '', '<img src="b" alt="">'],
		['the first of two attributes', '<img alt="a" alt="b">', 'c', '<img alt="c" alt="b">'],
		['several lines', '<img\r\n  alt="a\r\n  b"\r\n  src="c"\r\n>', 'd', '<img\r\n  alt="d"\r\n  src="c"\r\n>'],
		['a byte order mark', '\uFEFF<img alt="a">\r\n', 'd', '\uFEFF<img alt="d">\r\n'],
		['an image button', '<input type="image" src="a">', 'Search', '<input type="image" src="a" alt="Search">'],
		['an area', '<area href="a" alt=b>', 'c', '<area href="a" alt=c>'],
		['the label of an SVG', '<svg role="img"><g/></svg>', 'c', '<svg role="img" aria-label="c"><g/></svg>'],
		[
			'the title of an SVG',
			'<svg role=img><title>a</title><g/></svg>',
			'c',
			'<svg role=img><title>c</title><g/></svg>',
		],
		[
			'markup in the title of an SVG',
			'<svg role=img><title>a</title></svg>',
			'"b" & </title> {{c}}',
			'<svg role=img><title>"b" &amp; &lt;/title&gt; &#123;{c}}</title></svg>',
		],
		['the empty title of an SVG', '<svg role=img><title></title></svg>', 'c', '<svg role=img><title>c</title></svg>'],
		[
			'the label of an SVG with a title',
			'<svg role=img aria-label="a"><title>b</title></svg>',
			'c',
			'<svg role=img aria-label="c"><title>b</title></svg>',
		],
		['the second of two images', '<img alt="a"><img alt="a">', 'b', '<img alt="b"><img alt="a">'],
		['white space', '<img alt="a">', '  a\r\n\tb  c ', '<img alt="a b c">'],
		['no-break space', '<img alt="a">', '\u00A0a\u00A0', '<img alt="\u00A0a\u00A0">'],
		['control characters', '<img alt="a">', 'a\0b\u001Bc\u0085d\uD800\u202Ee\u2028f', '<img alt="abc de f">'],
		['markup', '<img alt="a">', '<b> & &amp; </b> -->', '<img alt="&lt;b&gt; &amp; &amp;amp; &lt;/b&gt; --&gt;">'],
		['replacement patterns', '<img alt="a">', "$& $1 $$ $` $'", '<img alt="$&amp; $1 $$ $` $\'">'],
		[
			'what a template would take',
			'<img alt="a">',
			'{{b}} {%c%} ${d} #{e} {f}',
			'<img alt="&#123;{b}} &#123;%c%} &#36;{d} &#35;{e} {f}">',
		],
		['bars', '<img alt="a">', 'b | c \\', '<img alt="b | c \\">'],
		['what is right already, as it is written', "<img alt='&#65;'>", 'A', "<img alt='&#65;'>"],
	];

	for (const [name, text, altText, expected] of rewrites) {
		it(`writes ${name}`, async () => {
			assert.equal(await rewritten(text, 0, altText), expected);
		});
	}

	const refused: readonly (readonly [name: string, text: string, reason: string])[] = [
		['a computed alt text', '<img src="a" alt="{{ b }}">', 'computed'],
		['a computed target', '<img src="{{ a }}" alt="b">', 'computed'],
		['an SVG that is named by elements in its title', '<svg role="img"><title>a<b>c</b></title></svg>', 'computed'],
	];

	for (const [name, text, reason] of refused) {
		it(`refuses ${name}`, async () => {
			assert.equal(await rewritten(text, 0, 'c'), `refused: ${reason}`);
		});
	}

	it('refuses to call an SVG decorative by a label without words', async () => {
		assert.equal(await rewritten('<svg role="img" aria-label="a"></svg>', 0, ''), 'refused: unproven');
		assert.equal(await rewritten('<svg role="img"><title>a</title></svg>', 0, ''), 'refused: unproven');
	});

	it('refuses where the reference parser sees no image', async () => {
		// In a template for columns no image is allowed.
		assert.equal(await rewritten('<template><col><img></template>', 0, 'a'), 'refused: unproven');
	});

	it('refuses an image that the document does not hold', async () => {
		const [image] = await findImages('<img alt="a" src="b">', 'html');
		assert.ok(image);
		for (const changed of ['', ' <img alt="a" src="b">', '<img alt="c" src="b">', '<!--<img alt="a" src="b">-->']) {
			assert.deepEqual(await rewriteAltText(changed, 'html', image, 'd'), { refused: 'stale' });
		}
	});

	it('never refuses in ordinary places', async () => {
		const places = [
			'<!doctype html><p>a <img alt="b" src="c.png"> d',
			"<p><img src='c.png' alt='b'/>",
			'<img alt=b src=c.png>',
			'<img alt>',
			'<a href="d"><img src=c.png></a>',
			'<input type="image" src="c.png">',
			'<table><tr><td><img src="c.png" alt=""><td><img src="c.png"></table>',
		];
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...places), nastyText, async (text, altText) => {
				assert.equal(imagesByParse5(await rewritten(text, 0, altText))[0]?.alt, shown(altText));
			}),
		);
	});

	it('writes any words into the title of an SVG', async () => {
		const text = '<p><svg role="img"><title>a</title><path d="M0 0"/></svg>';
		await fc.assert(
			fc.asyncProperty(nastyText, async (altText) => {
				fc.pre(shown(altText) !== '');
				assert.equal(imagesByParse5(await rewritten(text, 0, altText))[0]?.alt, shown(altText));
			}),
		);
	});

	it('changes one alt text and nothing else, or refuses', async () => {
		await fc.assert(
			fc.asyncProperty(nastyHtml, nastyText, fc.nat(), async (text, altText, choice) => {
				const image = pick(await findImages(text, 'html'), choice);
				const rewrite = image && (await rewriteAltText(text, 'html', image, altText));
				if (!image || !rewrite || 'refused' in rewrite) {
					return;
				}
				const after = imagesByParse5(text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end));
				assert.ok(rewrite.start >= image.altStart && rewrite.end <= image.altEnd);
				assert.deepEqual(
					after.map(({ alt, target, link, inButton }) => [alt, target, link, inButton]),
					imagesByParse5(text).map(({ start, alt, target, link, inButton }) => [
						start === image.start ? shown(altText) : alt,
						target,
						link,
						inButton,
					]),
				);
			}),
			{ numRuns: 300 },
		);
	});

	it('refuses seldom, even in nasty documents', async () => {
		const samples = fc.sample(fc.tuple(nastyHtml, nastyText, fc.nat()), { numRuns: 500, seed: 1 });
		let asked = 0;
		let refused = 0;
		for (const [text, altText, choice] of samples) {
			const images = (await findImages(text, 'html')).filter(({ altKind }) => altKind !== 'computed');
			const image = pick(images, choice);
			if (image) {
				asked++;
				refused += 'refused' in (await rewriteAltText(text, 'html', image, altText)) ? 1 : 0;
			}
		}
		assert.ok(asked > 150 && refused / asked < 0.02, `${refused} of ${asked}`);
	});

	it('gives the same document for two images in either order, and for one twice', async () => {
		await assertOrderIsNothing(
			'html',
			[
				'<img alt="b">',
				"<img alt='b' src='c'/>",
				'<img src=c>',
				'<a href=d><img alt=b></a>',
				'<img alt>',
				'<map name=m><area href=e></map>',
			],
			[nastyText, nastyText],
			(one, other) => `${one}\n${other}`,
		);
	});
});
