import { l10n } from 'vscode';
import { linesOf } from '../privacy/filesOutside.ts';
import type { LeavingFile } from './consent.ts';
import { estimateSentence } from './estimateSentence.ts';
import { formatBytes } from './formatBytes.ts';
import type { Model } from './model.ts';
import type { Estimate } from './parts/estimate.ts';
import { stripMetadataSetting } from './settings/settings.ts';

/** Why it is asked, beside the number of files. */
export interface ConsentReasons {
	/** The host never got any file. */
	readonly isNewHost: boolean;
	/** A line for each file that is not in the workspace. */
	readonly outside: readonly string[];
	readonly estimate: Estimate | undefined;
}

/** What is asked before files leave, or are read. */
export function consentQuestion(model: Model, files: readonly LeavingFile[]): string {
	const bytes = formatBytes(files.reduce((sum, { size = 0 }) => sum + size, 0));
	const [first] = files;
	const what =
		files.length === 1 && first
			? first.size === undefined
				? l10n.t('the address {0}', first.name)
				: l10n.t('{0} ({1})', first.name, bytes)
			: l10n.t('{0} files ({1})', files.length, bytes);
	return model.transit === 'none'
		? l10n.t('Read {0} with {1} on this machine?', what, model.name)
		: l10n.t('Send {0} to {1}?', what, model.host ?? model.name);
}

/** What stands below the question: which files, how much of them goes, and why it is asked. */
export function consentDetail(
	model: Model,
	files: readonly LeavingFile[],
	{ isNewHost, outside, estimate }: ConsentReasons,
): string {
	return [
		// Of one file the question itself has the name.
		files.length > 1 && linesOf(files.map(({ name }) => name)),
		estimate && estimateSentence(estimate),
		linesOf(outside),
		isNewHost && `${l10n.t('{0} is asked about for the first time.', model.host ?? model.name)} ${whatItGets(files)}`,
		model.transit === 'plain' && l10n.t('The connection is not encrypted: others on the network can read along.'),
	]
		.filter((sentence) => typeof sentence === 'string' && sentence !== '')
		.join('\n\n');
}

function whatItGets(files: readonly LeavingFile[]): string {
	const sent = files.filter(({ size }) => size !== undefined);
	const ofImages = stripMetadataSetting()
		? l10n.t('It gets the picture or text of the files, without camera data and location.')
		: l10n.t('It gets the files as they are, or their picture or text, with what cameras wrote into them.');
	const ofPdfs = l10n.t(
		'Of a PDF it gets the file as it is, with what its author left in it, or the text and pictures of its pages.',
	);
	const ofAddresses = l10n.t('It fetches what is at the address itself, with camera data and location.');
	return [
		sent.some(({ kind }) => kind !== 'pdf') && ofImages,
		sent.some(({ kind }) => kind === 'pdf') && ofPdfs,
		sent.length < files.length && ofAddresses,
	]
		.filter(Boolean)
		.join(' ');
}
