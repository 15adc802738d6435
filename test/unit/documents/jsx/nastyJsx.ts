import * as fc from 'fast-check';

/** Pieces of alt texts that are markup in one of the places an alt text can have. */
const textPieces = [
	...[
		'a',
		'word',
		' ',
		'  ',
		'\n',
		'\t',
		'"',
		"'",
		'`',
		'\\',
		'\\\\',
		'\\n',
		'\\u0041',
		'${',
		'}',
		'{',
		'${a}',
		'$',
		'$&',
	],
	...["$'", '&', '&amp;', '&quot;', '&#35;', '&#x41;', '&copy', '&nosuch;', '&check;', '&lang;', '<', '>', '</img>'],
	...['<b/>', '/>', '/*', '*/', '//', '-->', '😀', '\u00A0', 'é', '=', '(', ')', '[', ']', ';', ',', '@', '%'],
];

/** Alt texts as a person or a model may write them, with everything in them that is markup somewhere. */
export const nastyText: fc.Arbitrary<string> = fc
	.array(fc.constantFrom(...textPieces), { maxLength: 6 })
	.map((pieces) => pieces.join(''));

const attributeSource = nastyText.map((text) => text.replaceAll('"', '&quot;'));
const stringSource = nastyText.map((text) => JSON.stringify(text).slice(1, -1));

const altAttributes = fc.oneof(
	{ weight: 3, arbitrary: attributeSource.map((text) => `alt="${text}"`) },
	{ weight: 2, arbitrary: attributeSource.map((text) => `alt='${text.replaceAll("'", '&apos;')}'`) },
	{ weight: 2, arbitrary: stringSource.map((text) => `alt={"${text}"}`) },
	stringSource.map((text) => `alt={'${text.replaceAll("'", "\\'").replaceAll('\\"', '"')}'}`),
	stringSource.map((text) => `alt={\`${text.replace(/[`$]/g, '\\$&')}\`}`),
	fc.constantFrom(
		...[
			'',
			'',
			'alt',
			'alt=""',
			'alt={""}',
			'alt={``}',
			'alt={caption}',
			"alt={t('x')}",
			'alt={`a ${b}`}',
			"alt={('a')}",
		],
		...[
			"alt={/* a */ 'b' /* c */}",
			"alt = 'a'",
			'alt={"a" + b}',
			'alt={<b/>}',
			'alt=<b/>',
			'alt={t`a`}',
			'alt="a" alt="b"',
		],
		...['alt={"a\\\n b\\x41\\u{1F600}\\0"}', 'alt={`a\r\nb`}', 'ALT="a"', 'a:alt="a"', 'alt-x="a"', 'data-alt="a"'],
		...['alt={"a" as string}', 'alt={x as string}', 'alt={undefined}'],
	),
);

const otherAttributes = fc.constantFrom(
	...[
		'',
		'src="a.png"',
		"src='b c.png'",
		'src="a?b&amp;c=&#100;"',
		"src={'d'}",
		'src={`e`}',
		'src={f[0]}',
		'src={g()}',
	],
	...['{...props}', '{...{ alt: "a" }}', 'width={1 > 0}', 'onClick={() => <img alt="in" src="h" />}', 'title="<img>"'],
	...[
		'style={{ a: 1 }}',
		'/* <img> */',
		'// <img alt="x">\n',
		'aria-hidden',
		'key={`${i}`}',
		'b="/>"',
		'src',
		'src=<c/>',
	],
	...['on={(a) => a > 1 && <b>{"</b>"}</b>}'],
);

const gaps = fc.constantFrom(' ', ' ', ' ', '\n', '\n\t\t', ' /* > */ ');

const attributes = fc
	.tuple(fc.array(otherAttributes, { maxLength: 2 }), altAttributes, fc.array(otherAttributes, { maxLength: 2 }), gaps)
	.map(([before, alt, after, gap]) => [...before, alt, ...after].map((attribute) => gap + attribute).join(''));

const names = fc.constantFrom(
	'img',
	'img',
	'img',
	'Image',
	'Image',
	'NextImage',
	'a.Image',
	'img:b',
	'image',
	'img-b',
	'Img',
);

const text = fc.constantFrom(
	'',
	'a',
	" it's ",
	' "a" ',
	' // b ',
	' /* c */ ',
	'\n',
	' &lt;img&gt; ',
	'`',
	' é😀 ',
	' = ',
);

const { element } = fc.letrec<{ element: string; child: string }>((tie) => ({
	element: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		fc
			.tuple(names, attributes, fc.constantFrom('/>', ' />', '\n/>', '/ >'))
			.map(([name, list, end]) => `<${name}${list}${end}`),
		fc.tuple(names, attributes, tie('child')).map(([name, list, child]) => `<${name}${list}>${child}</${name}>`),
		fc
			.tuple(fc.constantFrom('', 'a href="x"', 'p', 'Link href={y}', 'b.c'), fc.array(tie('child'), { maxLength: 3 }))
			.map(([tag, children]) => `<${tag}>${children.join('')}</${tag.split(' ', 1).join('')}>`),
	),
	child: fc.oneof(
		{ weight: 2, arbitrary: text },
		{ weight: 3, arbitrary: tie('element') },
		fc.constantFrom(
			'{/* <img alt="a"/> */}',
			'{}',
			'{/* } */}{/* { */}',
			"{'<img/>'}",
			'{`<img/>`}',
			'{a < b}',
			'{/<img/.test(a)}',
			'{a}',
		),
		tie('element').map((inner) => `{a && ${inner}}`),
		tie('element').map((inner) => `{a.map((b) => (\n${inner}\n))}`),
		tie('element').map((inner) => `{\`<img/>\${${inner}}\`}`),
	),
}));

const statements = fc.oneof(
	{ weight: 4, arbitrary: element.map((jsx) => `const a = ${jsx};`) },
	{ weight: 2, arbitrary: element.map((jsx) => `export function A({ b = 1 }) {\n\treturn (\n\t\t${jsx}\n\t);\n}`) },
	element.map((jsx) => `(${jsx})`),
	element.map((jsx) => `a ? ${jsx} : b / c / d;`),
	fc.constantFrom(
		...["import a1 from './a.png';", '// <img alt="a"/>', '/* <img alt="a"/> */', 'x = \'<img alt="a"/>\';'],
		...['x = `<img/>${a ? "<img/>" : `<img/>`}`;', 'x = /<img[/">]/g;', 'x = a / b; // <img/>', 'x = a < img / 2;'],
		...['if (a <img && b> c) d();', 'label: for (;;) { break label }', 'x = a++ / 2', '"use strict";'],
	),
);

const typed = fc.constantFrom(
	...[
		'let b1 = a as Image<img>;',
		'type C1 = Array<Image>;',
		'const d1 = <T,>(e: T) => e;',
		'let e1: Image<"<img/>">;',
	],
	...['interface F1<T extends Image> { g: T }', 'h(i!);', 'declare const j1: <T>(a: T) => void;', 'f<Image>(a);'],
);

/** A module with JSX, right and nearly right, built to make parsers disagree. */
export const nastyJsx: fc.Arbitrary<string> = documents(statements);

/** The same with types. */
export const nastyTsx: fc.Arbitrary<string> = documents(fc.oneof({ weight: 4, arbitrary: statements }, typed));

function documents(statement: fc.Arbitrary<string>): fc.Arbitrary<string> {
	return fc
		.tuple(
			fc.array(statement, { minLength: 1, maxLength: 4 }),
			fc.constantFrom('\n', '\n', '\n\n', '\r\n'),
			fc.constantFrom('', '', '', '\uFEFF', '#!/usr/bin/env node\n'),
		)
		.map(([list, separator, start]) => start + uniquelyNamed(list).join(separator));
}

/** No name is declared twice, which would be a syntax error. */
function uniquelyNamed(list: readonly string[]): readonly string[] {
	return list.map((statement, index) =>
		statement
			.replace(/^(const a|export function A)\b/, `$1${index}x`)
			.replace(/\b([a-j]1)\b/g, `$1${index}`)
			.replace(/\b([CF]1)\b/g, `$1${index}`)
			.replace(/^label/, `label${index}`)
			.replace(/break label/, `break label${index}`),
	);
}
