/** What is wrong with an alt text whatever stands around it. */
export type Weakness = 'white-space' | 'placeholder' | 'screenshot-name' | 'file-name' | 'redundant-prefix';

export interface WrittenAlt {
	/** Decoded. */
	readonly alt: string;
	/** The name of the image file, decoded; '' when that is not known. */
	readonly fileName: string;
	readonly inButton: boolean;
}

interface Rule {
	readonly weakness: Weakness;
	readonly reason: string;
	readonly applies: (written: WrittenAlt) => boolean;
}

/** The most serious weakness of an alt text that is not empty. */
export function weaknessOf(written: WrittenAlt): Weakness | undefined {
	return rules.find(({ applies }) => applies(written))?.weakness;
}

const rules: readonly Rule[] = [
	{
		weakness: 'white-space',
		reason: 'axe alt-space-value; W3C tips: a space is not decorative. Zero-width spaces are not read either',
		applies: ({ alt }) => /^[\s\u200B\u2060]*$/.test(alt),
	},
	{
		weakness: 'placeholder',
		reason: 'inserted by editors and upload forms, or left for later: VS Code, GitHub, Stack Overflow, CSDN, Typora',
		applies: ({ alt }) => placeholders.has(bare(alt)),
	},
	{
		weakness: 'placeholder',
		reason: 'a name for any image (GitHub scanner, alt-text-llm, double-great); a button with it inserts one',
		applies: ({ alt, inButton }) => !inButton && nouns.has(bare(alt)),
	},
	{
		weakness: 'screenshot-name',
		reason: 'github/markdownlint-github GH001, widened to what systems and cameras write; the whole text only',
		applies: ({ alt }) => defaultNames.some((pattern) => pattern.test(alt.trim())),
	},
	{
		weakness: 'file-name',
		reason: 'rails/rails#30096. With spaces it may be a sentence about a file, as in "How to save chart.png"',
		applies: ({ alt }) => imageFileName.test(alt.trim()),
	},
	{
		weakness: 'file-name',
		reason: 'uploads and pasted images; a stem that reads as words, as "harbour" does, is an alt text like others',
		applies: ({ alt, fileName }) => {
			const name = alt.trim().normalize();
			const file = fileName.normalize();
			return file !== '' && (name === file || (name === stemOf(file) && /[_\d]|\p{L}{4}-\p{L}{4}/u.test(name)));
		},
	},
	{
		weakness: 'redundant-prefix',
		reason: 'W3C tips: screen readers say "image" themselves. Only in front: "disk image" is no prefix (jsx-a11y#1085)',
		applies: ({ alt }) => redundantPrefix.test(alt.trim()),
	},
];

const placeholders: ReadonlySet<string> = new Set([
	...['alt', 'alt text', 'alt-text', 'alt_text', 'alttext', 'alternative text', 'alternate text', 'image alt text'],
	...[
		'alt text here',
		'alt text goes here',
		'insert alt text',
		'insert alt text here',
		'add alt text',
		'your alt text',
	],
	...['add alt text here', 'image description', 'enter image description here', 'description of image'],
	...['todo', 'tbd', 'fixme', 'placeholder', 'placeholder image', 'image placeholder', 'untitled', 'undefined'],
	...['输入图片说明', '在这里插入图片描述', '图片描述', '图片', '画像'],
]);

const nouns: ReadonlySet<string> = new Set([
	...['image', 'images', 'img', 'photo', 'photograph', 'pic', 'picture', 'screenshot', 'screen shot'],
]);

/** Without case and the marks around it, as in `[Alt text]` or `Image:`. */
function bare(alt: string): string {
	return alt
		.trim()
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.replace(/^[[(<{"]+|[\])>}".:…!]+$/g, '');
}

const extension = String.raw`\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|heic|heif|ico|apng|jfif|jxl)`;
const imageFileName = new RegExp(String.raw`^\S*[^\s.]${extension}$`, 'iu');

function stemOf(fileName: string): string {
	return fileName.replace(new RegExp(`${extension}$`, 'i'), '');
}

const date = String.raw`\d{4}[-._ ]?\d{2}[-._ ]?\d{2}`;
const screenshot = [
	...['screen ?shot', 'screen ?cast', 'clean ?shot', 'snipaste', 'bildschirmfoto', "capture d[’'e ]+ ?[ée]cran"],
	...['captura de (?:pantalla|ecrã|tela)', 'schermata', 'schermafbeelding', 'skärmavbild', 'skjermbilde'],
	...['スクリーンショット', '屏幕截图', '截屏'],
].join('|');

/** What the digits of a time stand between: "at 10.00.00 AM", "um 10.00.00", "-100000_Chrome". */
const time = String.raw`(?:[-_ ,T.]*(?:at|um|à|a las|às|alle|om|kl\.?)?[-_ ]*\d{1,2}[\d.:_\-\u2236]*(?:[\s\u202f]?[ap]\.?m\.?)?)?`;
const tail = String.raw`(?:@2x)?(?: ?\(\d+\))?(?:${extension})?`;

/** What systems, cameras and apps call what they save, unless told otherwise. Whole texts. */
const defaultNames: readonly RegExp[] = [
	new RegExp(String.raw`^(?:${screenshot})[-_ ]*(?:from |vom |del |du )?${date}${time}(?:_\w+)?${tail}$`, 'iu'),
	// Windows' Print Screen key, and copies of an undated name.
	new RegExp(String.raw`^(?:screen ?shot)(?:[-_ ]?\d{1,4}| ?\(\d+\))(?:${extension})?$`, 'iu'),
	// Obsidian, Typora, Snipping Tool's clipboard.
	new RegExp(String.raw`^(?:pasted[- ]image|image|img|clipboard|picture)[-_ ]\d{8,17}(?:[-_ ]\d+)*${tail}$`, 'iu'),
	// DCF names of cameras, Android, WhatsApp.
	new RegExp(String.raw`^_?(?:IMG|DSC|DSCF|DSCN|PXL|MVIMG|GOPR|SAM|P)[-_]?\d{4,}(?:[-_](?:\d+|WA\d+|E))*${tail}$`, 'u'),
];

/** "The Picture of Dorian Gray" and "picture of the year" are names of something. */
const redundantPrefix =
	/^(?:(?:An?|a|an|This is an?|this is an?|The|the|This) (?:image|photo|picture|photograph)|(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Pp]hotograph)) of (?!(?:the|this) (?:day|week|month|year|season|decade|century)\b)\S/;
