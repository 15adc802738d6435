import type { SourceState, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';

/** The pages that an answer rests on, in a row, numbered as in its text. */
export function drawSources(sources: readonly SourceState[], words: Words): readonly HTMLElement[] {
	if (sources.length === 0) {
		return [];
	}
	const hosts = [...new Set(sources.filter(isRedirect).map(({ host }) => host))];
	return [
		element(
			'section',
			{ class: 'sources', 'aria-label': words.sources },
			element('h3', {}, words.sources),
			element('ol', {}, ...sources.map(drawSource)),
		),
		...hosts.map((host) =>
			element(
				'p',
				{ class: 'redirected' },
				fill(sources.every((source) => source.host === host) ? words.redirected : words.someRedirected, host),
			),
		),
	];
}

function drawSource(source: SourceState, index: number): HTMLElement {
	const { uri, title, host } = source;
	const isNamed = isRedirect(source) || withoutWww(host) === withoutWww(title);
	return element(
		'li',
		{},
		element('span', { class: 'source-number', 'aria-hidden': 'true' }, String(index + 1)),
		' ',
		element('a', { href: uri, title: uri }, title),
		!isNamed && ' ',
		!isNamed && element('span', { class: 'source-host' }, host),
	);
}

/** The number of a source, after the words it supports. */
export function drawCitation(source: SourceState, number: number, words: Words): HTMLElement {
	return element(
		'a',
		{
			class: 'citation',
			href: source.uri,
			title: source.title,
			'aria-label': fill(words.source, String(number), source.title),
		},
		String(number),
	);
}

/** A link to another host than its title names: search engines count who follows them. */
function isRedirect({ title, host }: SourceState): boolean {
	const named = withoutWww(title);
	const real = withoutWww(host);
	return /^[\w-]+(?:\.[\w-]+)+$/.test(named) && real !== named && !real.endsWith(`.${named}`);
}

function withoutWww(name: string): string {
	return name.toLowerCase().replace(/^www\./, '');
}
