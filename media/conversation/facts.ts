import type { TurnState, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';

/** Who answered, what it took, how long: `model · host · 519 in (258 image), 403 out (120 thoughts) · 3.2 s`. */
export function drawFacts(turn: TurnState, words: Words): HTMLElement {
	const { answeredBy, asked, usage, duration, status } = turn;
	const number = new Intl.NumberFormat(document.documentElement.lang);
	if (status === 'unsent') {
		return element('p', { class: 'facts' });
	}
	const facts = [
		answeredBy?.name,
		asked !== undefined && fill(words.asked, asked),
		answeredBy && (answeredBy.host ?? words.onDevice),
		usage && drawUsage(usage, words, number),
		status === 'done' && duration !== undefined && fill(words.seconds, number.format(Math.round(duration / 100) / 10)),
	].filter((fact) => fact !== undefined && fact !== false);
	return element('p', { class: 'facts' }, ...facts.flatMap((fact, index) => (index === 0 ? [fact] : [' · ', fact])));
}

function drawUsage(usage: NonNullable<TurnState['usage']>, words: Words, number: Intl.NumberFormat): HTMLElement {
	const { prompt, output, images = 0, cached = 0, thoughts = 0 } = usage;
	const details = (counts: readonly (readonly [count: number, sentence: string])[]): string => {
		const told = counts.filter(([count]) => count > 0).map(([count, sentence]) => fill(sentence, number.format(count)));
		return told.length === 0 ? '' : ` (${told.join(', ')})`;
	};
	return element(
		'span',
		{ title: words.tokens },
		element('span', { class: 'visually-hidden' }, `${words.tokens}: `),
		fill(words.tokensIn, number.format(prompt)),
		details([
			[images, words.ofImages],
			[cached, words.ofCached],
		]),
		', ',
		fill(words.tokensOut, number.format(output)),
		details([[thoughts, words.ofThoughts]]),
	);
}
