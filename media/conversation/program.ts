import type { AnswerItem, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';

/** A program that the model ran, folded, and what came of it. */
export function drawProgram(
	{ language, code, result }: AnswerItem & { readonly kind: 'program' },
	words: Words,
): HTMLElement {
	const label = language === '' ? words.program : fill(words.programIn, language.toLowerCase());
	return element(
		'details',
		{ class: 'program' },
		element('summary', {}, label),
		code !== '' && listing(code),
		result && element('p', { class: 'program-result' }, result.failed ? words.failedResult : words.result),
		result && result.output !== '' && listing(result.output),
	);
}

function listing(text: string): HTMLElement {
	return element('pre', {}, element('code', {}, text.replace(/\n$/, '')));
}
