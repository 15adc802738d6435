import { l10n } from 'vscode';
import type { Repair } from '../client/answer.ts';
import type { FailureKind } from '../client/failure/failure.ts';
import { clockTime, longWait } from './clockTime.ts';

/** Why a request waits; what is not here simply failed for the moment. */
const reasons: Partial<Readonly<Record<FailureKind, (wait: string, host: string) => string>>> = {
	rate: (wait, host) => l10n.t('Waiting {0}, as {1} asks', wait, host),
	quota: (wait, host) => l10n.t('Waiting {0}, as {1} asks', wait, host),
	overloaded: (wait, host) => l10n.t('Waiting {0}, as {1} is overloaded', wait, host),
	network: (wait, host) => l10n.t('Waiting {0}, as {1} was not reached', wait, host),
	timeout: (wait, host) => l10n.t('Waiting {0}, as {1} took too long', wait, host),
	truncated: (wait, host) => l10n.t('Waiting {0}, as the answer from {1} broke off', wait, host),
	empty: (wait, host) => l10n.t('Waiting {0}, as the answer from {1} was empty', wait, host),
};

/** Says that a request waits to be sent again: for how long, in ms, and why. `host` is the server's. */
export function waitSentence(
	{ milliseconds, reason }: { readonly milliseconds: number; readonly reason: FailureKind },
	host: string,
): string {
	const wait = longWait(milliseconds)
		? l10n.t('until {0}', clockTime(Date.now() + milliseconds))
		: l10n.t('{0} s', Math.max(1, Math.ceil(milliseconds / 1000)));
	return reasons[reason]?.(wait, host) ?? l10n.t('Waiting {0}, as {1} failed', wait, host);
}

/** Says what was changed in a request that a server refused, and that it was sent so. `host` is the server's. */
export function repairSentence(repair: Repair, host: string): string {
	switch (repair.kind) {
		case 'dropped':
			return l10n.t('{0} does not accept “{1}”: sent without it.', host, repair.field);
		case 'renamed':
			return l10n.t('{0} does not know “{1}”: sent as “{2}”.', host, repair.field, repair.to);
		case 'image-converted':
			return l10n.t('{0} does not take this format of image: sent as PNG or JPEG.', host);
		case 'image-shrunk':
			return l10n.t('{0} does not take images of this size: sent smaller.', host);
		case 'pdf-as-pages':
			return l10n.t('{0} does not take PDF files: sent as text and pictures of the pages.', host);
	}
}
