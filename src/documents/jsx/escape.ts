import type { AltMarkup } from './altAttribute.ts';
import type { Quote } from './literal.ts';

/** What a normalized alt text is in the source, with what has to be written around it. */
export function spell(altText: string, { before, after, quote, coding }: AltMarkup): string {
	return before + (coding === 'attribute' ? withReferences(altText, quote) : withBackslashes(altText, quote)) + after;
}

const references: Readonly<Record<string, string>> = { '"': '&quot;', "'": '&apos;' };

function withReferences(text: string, quote: Quote): string {
	return text.replace(/&(?=#?\w+;)/g, '&amp;').replaceAll(quote, () => references[quote] ?? quote);
}

function withBackslashes(text: string, quote: Quote): string {
	const acting = quote === '`' ? /[\\`]|\$(?=\{)/g : new RegExp(`[\\\\${quote}]`, 'g');
	return text.replace(acting, '\\$&');
}
