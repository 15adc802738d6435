/** Scripts written without spaces need a dictionary to find words. */
const unspacedScripts =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a text as they stand in it. */
export function wordsOf(text: string): string[] {
	return unspacedScripts.test(text)
		? [...wordSegmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
		: (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).flatMap(withParts);
}

/** `maxBodySize` is found by its parts as well, as names in code are asked for in plain words. */
function withParts(word: string): readonly string[] {
	const parts = word.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu) ?? [];
	return parts.length > 1 && parts.some((part) => /\p{Ll}/u.test(part)) ? [word, ...parts] : [word];
}

/** A word as it is compared: without case, accents and endings; false for words that say nothing. */
export function termOf(word: string): string | false {
	const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return !stopWords.has(plain) && stem(plain);
}

/** Rough on purpose: both sides of a comparison lose the same endings, and the rest is left to beginnings of words. */
function stem(word: string): string {
	return endings.reduce((short, [ending, instead]) => short.replace(ending, instead), word);
}

const endings: readonly (readonly [RegExp, string])[] = [
	[/(?<=\p{L}{2})ies$/u, 'y'],
	[/(?<=ss|x|ch|sh)es$/u, ''],
	[/(?<=\p{L}{2}[^us])s$/u, ''],
	[/(?<=\p{L}{3})(?:ing|ed)$/u, ''],
	[/(?<=\p{L}{3})(?:ly)$/u, ''],
	// `removing` and `stopped` lost `e` and keep a letter twice: so do `remove` and `stop`.
	[/(?<=\p{L}{3})e$/u, ''],
	[/([bdfgmnprt])\1$/u, '$1'],
];

/** Of English, German, French, Spanish, Italian, Portuguese and Dutch; without accents. */
const stopWords: ReadonlySet<string> = new Set(
	[
		'a about after all also an and any are as at be been being before but by can could did do does for from get had has have how i if in into is it its',
		'me my no not of on or our say says should so tell than that the their them then there these they this those',
		'to us was we were what when where which while who whom whose why will with would you your',
		'der das den dem des ein eine einer eines einem einen und oder ist sind wird werden wie wo wann wer wen wem warum welche welcher welches von vom zu zum zur mit auf fur im in am an aus bei nach sich nicht es er sie ich wir man dass als auch so',
		'le la les un une des du de et ou est sont que qui quoi quel quelle quels quelles comment quand pourquoi dans par avec au aux ce cette ces il elle on ne pas se sa ses',
		'el los las una unos unas y o es que quien cual como cuando donde por para con en del al se su sus lo no',
		'il lo gli uno e che chi quando dove perche per con di da nel della del dei delle si non sono',
		'os um uma com em no na nos nas dos das ao e que quem qual como quando onde por para se sua seu nao',
		'het een en van op met voor aan is zijn wat wie waar wanneer hoe welke niet',
	]
		.join(' ')
		.split(' '),
);
