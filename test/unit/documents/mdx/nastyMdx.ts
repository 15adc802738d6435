import * as fc from 'fast-check';
import { nastyText } from '../jsx/nastyJsx.ts';

const words = fc.constantFrom(
	...[
		'a',
		'word',
		' ',
		' ',
		'\n',
		'*a*',
		'**',
		'_',
		'`{`',
		'`<img/>`',
		'`![a](b)`',
		'``` ` ```',
		'\\{',
		'\\<',
		'\\`',
		'\\\\',
	],
	...[
		'}',
		'>',
		'< ',
		'[',
		']',
		'(',
		')',
		'!',
		'&lt;',
		'&#123;',
		'&lbrace;',
		'|',
		'"',
		"'",
		'$&',
		'😀',
		'é',
		'\u00A0',
		'~',
	],
	...['<b.img/>', '<img-b/>', '<a:img/>', '<b c="]" />', '<b c="`"/>', '<b c=">"/>', "<b c={'}'}/>", '<b {...c}/>'],
	...[
		"{'}'}",
		'{`}`}',
		'{a}',
		'{"![a](b)"}',
		'{/}/.test(a)}',
		'{/* <img/> } */}',
		'{}',
		'{a.b({ c: 1 })}',
		'{"]"}',
		'{"`"}',
	],
	...[
		'{<b>it\'s {"}"}</b>}',
		'[a]({b)',
		'[a](<b{c> "d{e<f")',
		'[foo]',
		'![foo]',
		'![foo][]',
		'![a {b} c][foo]',
		'![undefined]',
	],
);

const altTexts = fc.constantFrom(
	...[
		'',
		'a',
		'a *b*',
		'\\{a\\}',
		'a {b} c',
		"{'a'}",
		'a <b/> c',
		'<b>a</b>',
		'<img alt="a"/>',
		'`{`',
		'a [b](c) d',
		'a } b',
		'a\nb',
	],
	...['a ![b](c) d', '{/* a */}', '\\<b>', '{"]"}'],
);
const targets = fc.constantFrom(
	'',
	'a.png',
	'<a b>',
	'a{b',
	'{a}',
	'a&amp;b',
	'<a{b}>',
	'a_b_c',
	'a "t"',
	"a 't{'",
	'a (<img/>)',
);

const quoted = nastyText.map((text) => `"${text.replaceAll('"', '&quot;').replace(/\s*\n\s*/g, ' ')}"`);

const attributes = fc
	.array(
		fc.oneof(
			quoted.map((text) => `alt=${text}`),
			fc.constantFrom(
				...[
					'alt',
					"alt='a'",
					"alt={'a'}",
					'alt={`a`}',
					'alt={a}',
					'alt={"}"}',
					"alt={/* a */ 'b'}",
					'alt="a {b} <c"',
					'alt="`"',
				],
				...[
					'src="a"',
					'src={b}',
					'src={`c`}',
					'{...d}',
					'e={<img alt="f"/>}',
					'g={() => { return h > 1 }}',
					'i = "j"',
					'k:alt="l"',
				],
			),
		),
		{ maxLength: 3 },
	)
	.chain((list) => fc.constantFrom(' ', ' ', '\n  ').map((gap) => list.map((attribute) => gap + attribute).join('')));

const image = fc.tuple(altTexts, targets).map(([alt, target]) => `![${alt}](${target})`);
const tag = fc
	.tuple(fc.constantFrom('img', 'img', 'Image', 'b'), attributes, fc.constantFrom('/>', ' />', '\n/>', '/ >'))
	.map(([name, list, end]) => `<${name}${list}${end}`);

const { inline } = fc.letrec<{ inline: string; piece: string }>((tie) => ({
	inline: fc.array(tie('piece'), { maxLength: 5 }).map((pieces) => pieces.join('')),
	piece: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		{ weight: 5, arbitrary: words },
		{ weight: 2, arbitrary: image },
		{ weight: 2, arbitrary: tag },
		tag.map((element) => `{a && ${element}}`),
		tie('inline').map((text) => `<b>${text}</b>`),
		tie('inline').map((text) => `<Image alt="a">${text}</Image>`),
		fc.tuple(tie('inline'), targets).map(([text, target]) => `[${text}](${target})`),
	),
}));

const paragraph = inline.map((text) => text.trim() || 'a');

const containers: readonly ((text: string) => string)[] = [
	...Array.from({ length: 4 }, () => (text: string) => text),
	(text) => `# ${text.replaceAll('\n', ' ')}`,
	(text) => `${text}\n===`,
	(text) => text.replace(/^/gm, '> '),
	(text) => `- ${text.replaceAll('\n', '\n  ')}`,
	(text) => `1. > ${text.replaceAll('\n', '\n   > ')}`,
	(text) => text.replace(/^/gm, '    '),
	(text) => `\`\`\`\n${text}\n\`\`\``,
	(text) => `~~~ {a}\n${text}\n~~~`,
	(text) => `<div>\n${text}\n</div>`,
	(text) => `<div>\n\n${text}\n\n</div>`,
	(text) => `  <p\n    a="b"\n\n    c>\n    ${text.replaceAll('\n', '\n    ')}\n  </p>`,
	(text) => `<b/> {a}\n${text}\n{c}`,
	(text) => `{\n\n  a\n}\n${text}`,
];

const blocks = fc.oneof(
	{ weight: 6, arbitrary: fc.tuple(fc.constantFrom(...containers), paragraph).map(([contain, text]) => contain(text)) },
	tag.map((element) => `{a.map((b) => {\n\n  return ${element}\n})}`),
	tag.map((element) => `- a\n\n  {b && (\n    ${element.replaceAll('\n', '\n    ')}\n  )}`),
	tag.map((element) => `> ${element.replaceAll('\n', '\n> ')}\n> a`),
	fc.constantFrom(
		'import { a } from "b"',
		"import c, {\n\n  d\n} from './d.png'",
		'a\nimport b from "c"',
		'- import a from "b"',
	),
	tag.map((element) => `export const e = () => {\n\n  return ${element}\n}`),
	fc.constantFrom(
		'    <img alt="a"/>',
		'<>\n\n![a](b)\n</>',
		'{/* ![a](b)\n\n<img/> */}',
		'[foo]: {a}',
		'[bar]: <a{b> "c{"',
		'***',
	),
);

/** Documents built to make parsers disagree; most of them are right. */
export const nastyMdx: fc.Arbitrary<string> = fc
	.tuple(
		fc.array(blocks, { minLength: 1, maxLength: 4 }),
		fc.constantFrom('\n\n', '\n\n', '\n'),
		fc.constantFrom('', '\n\n[foo]: /foo.png'),
		fc.constantFrom('\n', '\n', '\r\n'),
	)
	// micromark calls this an undefined full reference, CommonMark a shortcut before brackets.
	.filter(([list]) => !list.some((block) => /\[foo\]\[(?!\])/.test(block)))
	.map(([list, separator, definition, lineEnd]) =>
		(unique(list).join(separator) + definition).replaceAll('\n', lineEnd),
	);

/** No name is declared twice. */
function unique(list: readonly string[]): readonly string[] {
	return list.filter((block, index) => !/^(?:import|export)/.test(block) || list.indexOf(block) === index);
}
