import * as fc from 'fast-check';

/** Characters and references that end, open or imitate values, tags and references; and ordinary ones. */
const textAtoms = [
	...['a', 'word', 'A cat', ' ', '  ', '\n', '\t', '\u00A0', 'é', '😀', '-', '--', '!', '=', '/', '#', ';'],
	...[
		'"',
		"'",
		'`',
		'<',
		'>',
		'&',
		'&amp;',
		'&amp',
		'&lt',
		'&copy',
		'&copy=',
		'&copyx',
		'&notit;',
		'&not;',
		'&nosuch;',
	],
	...['&#35;', '&#35', '&#x41', '&#x80;', '&#0;', '&#xD800;', '&#x110000;', '&#99999999999;', '&;', '&#;', '&#x;'],
	...['$&', '$1', '|', '\\', '[', ']', '-->', '<!--', '</', '/>', ']]>', '<b>', '</p>', '</script>'],
];

/** Any text, as a model or a person may write it. */
export const nastyText: fc.Arbitrary<string> = fc
	.array(fc.constantFrom(...textAtoms, '?', '{', '}', '{{ x }}', '<%= y %>', '${z}', '{% raw %}', '<?php'), {
		maxLength: 8,
	})
	.map((atoms) => atoms.join(''));

const values = fc.array(fc.constantFrom(...textAtoms), { maxLength: 5 }).map((atoms) => atoms.join(''));

const spaces = fc.constantFrom('', '', '', ' ', '\n', '\t ');

const value = fc.oneof(
	values.map((text) => `"${text.replaceAll('"', '')}"`),
	values.map((text) => `'${text.replaceAll("'", '')}'`),
	values.map((text) => text.replace(/[\s"'>]/g, '')),
);

const attributeNames = [
	...['alt', 'alt', 'alt', 'ALT', 'src', 'src', 'Src', 'srcset', 'data-src', 'data-original', 'title', 'class'],
	...['role', 'type', 'href', 'aria-hidden', 'aria-label', 'x', '=', 'a=', '"', "'", '@b', 'é', 'alt2', 'data-alt'],
];

const attribute = fc.oneof(
	fc
		.tuple(fc.constantFrom(...attributeNames), spaces, spaces, value)
		.map(([name, before, after, text]) => `${name}${before}=${after}${text}`),
	fc.constantFrom(...attributeNames),
	fc.constantFrom('role="img"', 'type="image"', 'type=IMAGE', 'href="x"', 'href=y', 'src="a.png"', 'alt=""', "alt=''"),
	fc.constantFrom('src="data:image/gif;base64,AA=="', 'srcset="b.png 1x, c.png 2x"', 'srcset=" , d.png"', 'src=" e "'),
);

const gaps = fc.constantFrom(' ', ' ', ' ', '\n', '  ', '/', ' / ', '\t', '\f', '');

const attributes = fc
	.array(fc.tuple(gaps, attribute), { maxLength: 4 })
	.map((parts) => parts.map(([gap, text]) => gap + text).join(''));

const imageNames = ['img', 'img', 'img', 'img', 'IMG', 'input', 'area', 'image', 'svg'];

const image = fc
	.tuple(fc.constantFrom(...imageNames), attributes, fc.constantFrom('>', '>', '/>', ' />', ' / >'))
	.map(([name, text, end]) => `<${name}${text}${end}${name === 'svg' && !end.startsWith('/') ? '</svg>' : ''}`);

const containers: readonly ((content: string) => string)[] = [
	...['div', 'p', 'b', 'button', 'figure', 'picture', 'template', 'ul', 'li', 'object', 'noscript'].map(element),
	...['title', 'textarea', 'style', 'script', 'xmp', 'iframe', 'noembed', 'noframes'].map(element),
	...['svg', 'math', 'select'].map(element),
	...['desc', 'title', 'g', 'style', 'script', 'foreignObject'].map((name) => inSvg(element(name))),
	inSvg((content) => content),
	(content) => `<svg role="img"><title>T</title>${content}</svg>`,
	(content) => `<a href="l&amp;m">${content}</a>`,
	(content) => `<a>${content}</a>`,
	(content) => `<a href="n">a</p>${content}`,
	(content) => `<table><tr><td>${content}<td>${content}</table>`,
	(content) => `<a href=o><table><tr><td>${content}</td></tr></table></a>`,
	(content) => `<!--${content}-->`,
	(content) => `<!--${content}--!>`,
	(content) => `<![CDATA[${content}]]>`,
	(content) => `<svg><![CDATA[${content}]]></svg>`,
	(content) => `<math><mi>${content}</mi><mo/></math>`,
	(content) => `<?php ${content} ?>`,
	(content) => `<script><!--<script>${content}</script>${content}--></script>`,
	(content) => `<SCRIPT>${content}</SCRIPT >`,
	(content) => `<title>${content}</titles>${content}</TITLE\n>`,
	(content) => `<i title="${content.replaceAll('"', '')}">`,
	(content) => `<i title='${content.replaceAll("'", '')}`,
	(content) => content.replaceAll('\n', '\r\n'),
];

const atoms = [
	...[
		'a',
		' ',
		'\n',
		'<',
		'>',
		'</',
		'<!',
		'<!-->',
		'<!--->',
		'<!-- -->',
		'<!---->',
		'<?',
		'</>',
		'</ a>',
		'<1>',
		'&lt;',
	],
	...[
		'<!doctype html>',
		'<br>',
		'<br/>',
		'<b>',
		'</b>',
		'<p>',
		'</p>',
		'<i x="',
		'">',
		'<x/y>',
		'</img>',
		'<!x>',
		']]>',
	],
	...[
		'<li>',
		'</div>',
		'<hr/',
		'<h1>',
		'<font color=red>',
		'<font>',
		'<svg/>',
		'😀',
		'\0',
		'<a href=p>',
		'</a>',
		'</a x=">">',
	],
];

const { content } = fc.letrec<{ content: string; piece: string }>((tie) => ({
	content: fc.array(tie('piece'), { maxLength: 5 }).map((pieces) => pieces.join('')),
	piece: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		{ weight: 4, arbitrary: image },
		{ weight: 3, arbitrary: fc.constantFrom(...atoms) },
		{
			weight: 3,
			arbitrary: fc.tuple(fc.constantFrom(...containers), tie('content')).map(([contain, text]) => contain(text)),
		},
	),
}));

/** Documents built to make parsers disagree. */
export const nastyHtml: fc.Arbitrary<string> = fc
	.tuple(fc.constantFrom('', '', '\uFEFF', '<!doctype html>', '<html><head><title>T</title></head><body>'), content)
	.map(([head, body]) => head + body);

function element(name: string): (content: string) => string {
	return (content) => `<${name}>${content}</${name}>`;
}

function inSvg(contain: (content: string) => string): (content: string) => string {
	return (content) => `<svg>${contain(content)}</svg>`;
}
