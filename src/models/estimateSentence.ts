import { env, l10n } from 'vscode';
import { formatBytes } from './formatBytes.ts';
import type { Estimate } from './parts/estimate.ts';

/** What a request comes to, for people; rounded, as nobody knows it more exactly. */
export function estimateSentence({ tokens, bytes }: Estimate): string {
	const size = formatBytes(bytes);
	return tokens === undefined
		? l10n.t('The model gets about {0}.', size)
		: l10n.t('The model gets about {0}, which count as about {1} tokens.', size, rounded(tokens));
}

function rounded(tokens: number): string {
	return new Intl.NumberFormat(env.language, { maximumSignificantDigits: 2 }).format(tokens);
}
