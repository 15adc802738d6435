import * as fc from 'fast-check';

/** Inline pieces that open, close, hide or imitate images, links, code, tags and emphasis. */
const atoms = [
	'a',
	'word',
	' ',
	' ',
	'\n',
	'![',
	'[',
	']',
	'](',
	')',
	'(',
	'!',
	'\\',
	'`',
	'``',
	'*',
	'**',
	'_',
	'<',
	'>',
	'&amp;',
	'&copy',
	'&#35;',
	'&#x1F600;',
	'&nosuch;',
	'"',
	"'",
	'|',
	'\\|',
	'\\]',
	'\\[',
	'\\`',
	'\\!',
	'\\\\',
	'<b>',
	'</b>',
	'<!--',
	'-->',
	'<a href="',
	'">',
	'<?',
	'?>',
	'<https://x.y/![a](b)>',
	'https://x.y/',
	'{',
	'}',
	'$&',
	'😀',
	'\u00A0',
	'é',
	'~',
	'[undefined]',
	'[undefined][]',
	'[foo]',
	'![foo]',
	'![foo][]',
	'![b *a* r][foo]',
	'![a][Bar]',
	'![undefined]',
	'![a][undefined]',
	'<i x=y>',
	'<a_b x>',
	'<![CDATA[',
	'x]]>',
	'<x y="',
	'\t',
	'- ',
	'# ',
	'> ',
];

const targets = [
	'',
	'a.png',
	'<a b,.png>',
	'<>',
	'a(b)c.png',
	'a\\)b',
	'a&amp;b',
	'ä.png',
	'../x%20y.png',
	'a_b_c',
	'<a\\>b>',
	'a(b',
	'<a',
	'a b',
	'data:image/png;base64,AA==',
];
const titles = ['', '', ' "t"', " 't'", ' (t)', ' "t\\"t"', '\n"t"', ' "a ![b](c) d"', ' "', '"t"'];
const paddings = ['', '', ' ', '\n', ' \n '];

const inlineAtoms = fc.constantFrom(...atoms);

const { inline } = fc.letrec<{ inline: string; piece: string; image: string; link: string }>((tie) => ({
	inline: fc.array(tie('piece'), { maxLength: 6 }).map((pieces) => pieces.join('')),
	piece: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		{ weight: 6, arbitrary: inlineAtoms },
		{ weight: 4, arbitrary: tie('image') },
		{ weight: 1, arbitrary: tie('link') },
	),
	image: fc
		.tuple(
			tie('inline'),
			fc.constantFrom(...paddings),
			fc.constantFrom(...targets),
			fc.constantFrom(...titles),
			fc.constantFrom(...paddings),
		)
		.map(([alt, before, target, title, after]) => `![${alt}](${before}${target}${title}${after})`),
	link: fc.tuple(tie('inline'), fc.constantFrom(...targets)).map(([text, target]) => `[${text}](${target})`),
}));

/** One line of inline Markdown or several, with images right and broken. */
export const nastyInline: fc.Arbitrary<string> = inline;

const containers: readonly ((text: string) => string)[] = [
	(text) => text,
	(text) => text,
	(text) => text,
	(text) => `# ${text.replaceAll('\n', ' ')}`,
	(text) => `${text}\n===`,
	(text) => `${text}\n---`,
	(text) => text.replace(/^/gm, '> '),
	(text) => `> ${text}`,
	(text) => `- ${indented(text, 2)}`,
	(text) => `1. ${indented(text, 3)}`,
	(text) => `- > ${text.replaceAll('\n', '\n  > ')}`,
	(text) => text.replace(/^/gm, '    '),
	(text) => `\`\`\`md\n${text}\n\`\`\``,
	(text) => `~~~\n${text}\n~~~`,
	(text) => `<div>\n${text}\n</div>`,
	(text) => `<!--\n${text}\n-->`,
	(text) => `<b>${text}</b>`,
	(text) => `[foo]: ${text}`,
	(text) => `- [ ] ${indented(text, 6)}`,
	(text) => `\t${text}`,
];

const block = fc.tuple(fc.constantFrom(...containers), nastyInline).map(([contain, text]) => contain(text));

const definitions = fc.constantFrom('', '', '\n\n[foo]: /foo.png "t"\n\n[BAR]: <b r>', '\n\n> [foo]: ![x](y)');

/** Documents built to make parsers disagree. */
export const nastyMarkdown: fc.Arbitrary<string> = fc
	.tuple(
		fc.array(block, { minLength: 1, maxLength: 4 }),
		fc.constantFrom('\n', '\n\n', '\n\n\n'),
		definitions,
		fc.constantFrom('\n', '\n', '\r\n'),
	)
	.filter(([blocks]) => !blocks.some((text) => /(?:\\| {2})\n|\[(?:foo|bar)\]\[(?!\])/i.test(text)))
	.map(([blocks, separator, defined, lineEnd]) => (blocks.join(separator) + defined).replaceAll('\n', lineEnd));

function indented(text: string, by: number): string {
	return (text.trimStart() || 'a').replaceAll('\n', `\n${' '.repeat(by)}`);
}
