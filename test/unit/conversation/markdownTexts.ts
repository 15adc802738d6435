import fc from 'fast-check';

/** Pieces of Markdown that mean something together, in any order. */
const pieces = [
	'Two boats lie here.',
	' and ',
	'\n',
	'\n\n',
	'\r\n',
	'# ',
	'## Heading',
	'- item',
	'  - nested',
	'1. ',
	'> quoted',
	'**bold**',
	'*',
	'_a_',
	'`code`',
	'```\ncode\n```\n',
	'```ts\n',
	'    indented',
	'| a | b |\n|---|--:|\n| 1 | 2 |\n',
	'[link](https://example.org/a_b)',
	'![image](https://example.org/i.png)',
	'<b>',
	'&amp;',
	'\\*',
	'---\n',
	'===',
	'🦉',
	'世界',
	'é',
	'"quoted"',
	'https://example.org/',
	'\t',
];

export const markdownTexts = fc
	.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 30 })
	.map((some) => some.join(''));
