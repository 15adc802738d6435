import { l10n } from 'vscode';
import { AttachmentFailure, type AttachmentFailureKind } from '../attachments/attachmentFailure.ts';
import { isLoopback } from '../client/transport/baseUrl.ts';
import { Failure, type FailureKind } from '../client/failure/failure.ts';
import { TooManyImages } from '../models/parts/shareRequest.ts';
import { type Action, type FailureNotice, type PlainAction, timeOf, tryAgainAt } from './action.ts';
import { clockTime, longWait } from './clockTime.ts';
import { addressRowOf, rowOf } from './failureTable.ts';

/** Whom a failure's sentence speaks of. */
export interface FailureContext {
	/** Undefined for the reader on this device. */
	readonly host?: string | undefined;
	readonly model?: string | undefined;
	/** Whether the server was to fetch files itself. */
	readonly byAddress?: boolean;
}

const attachmentFailures: Readonly<Record<AttachmentFailureKind, (failure: AttachmentFailure) => string>> = {
	missing: () => l10n.t('There is no such file.'),
	folder: () => l10n.t('This is a folder. Select the images or PDFs in it.'),
	'empty-file': () => l10n.t('The file is empty.'),
	'unsupported-type': () => l10n.t('This is not an image or PDF that Descry can read, whatever its name says.'),
	damaged: () => l10n.t('The file is damaged or incomplete. Opening and saving it in another program may repair it.'),
	'unsupported-compression': ({ reason = '' }) =>
		l10n.t(
			'The TIFF is compressed in a way that Descry does not read ({0}). Saved with LZW or ZIP compression it can be read.',
			reason,
		),
	'too-many-pixels': () => l10n.t('The image has more pixels than can be read. Save a smaller copy and describe that.'),
	'too-large-file': () => l10n.t('The file is too large to read.'),
	locked: () => l10n.t('The PDF is locked by a password, and none was given.'),
	'wrong-password': () => l10n.t('The password does not open the PDF.'),
	'locked-otherwise': () => l10n.t('The PDF is locked in a way that no password opens. Save an unlocked copy.'),
	'no-pages': () => l10n.t('The PDF has no pages.'),
	'dynamic-form': () =>
		l10n.t(
			'The PDF is a form that only Adobe Acrobat shows; to all others it has no content. Print it to a PDF there and describe that.',
		),
	unreadable: () => l10n.t('The file could not be read.'),
	excluded: () => l10n.t('The file is excluded by descry.privacy.exclude.'),
	'excluded-document': () => l10n.t('The document is excluded by descry.privacy.exclude.'),
	'not-fetchable': () => l10n.t('Descry reads from the web only by https, and not from private networks.'),
	unreachable: () => l10n.t('The file could not be fetched from the web. The log has the details.'),
	'not-there': () => l10n.t('There is nothing at this address.'),
	'not-readable': () => l10n.t('The host does not let everybody read this address. Save the file and describe that.'),
	'leads-elsewhere': leadsElsewhere,
};

/** By the MIME type, or by its first half. */
const othersOnWeb: Readonly<Record<string, () => string>> = {
	'text/html': () =>
		l10n.t('The address leads to a web page, not to an image or PDF. Copy the address of the image itself.'),
	'application/json': () => l10n.t('The address leads to data (JSON), not to an image or PDF.'),
	'application/zip': () => l10n.t('The address leads to an archive (ZIP), not to an image or PDF.'),
	text: () => l10n.t('The address leads to a text, not to an image or PDF.'),
	video: () => l10n.t('The address leads to a video, not to an image or PDF.'),
	audio: () => l10n.t('The address leads to a sound, not to an image or PDF.'),
};

function leadsElsewhere({ reason = '' }: AttachmentFailure): string {
	const name = [reason, reason.replace(/\/.*$/, '')].find((key) => Object.hasOwn(othersOnWeb, key));
	return (
		othersOnWeb[name ?? '']?.() ??
		(reason === '' || reason === 'application/octet-stream'
			? l10n.t('What the address leads to is no image and no PDF.')
			: l10n.t('What the address leads to ({0}) is no image that Descry can read, and no PDF.', reason))
	);
}

/** The sentence and buttons for anything that went wrong while a model was asked. */
export function noticeOf(error: unknown, context: FailureContext): FailureNotice {
	if (error instanceof Failure) {
		const { sentence, actions } = context.byAddress === true ? addressRowOf(error) : rowOf(error);
		const words = sentence(context.host ?? l10n.t('this device'), context.model ?? l10n.t('the model'), error);
		const useful = actions.filter(isOfUse(context)).map((action) => inTime(action, error));
		return { sentence: withServerWords(words, error), actions: [...useful, 'show-log'] };
	}
	if (error instanceof TooManyImages) {
		return {
			sentence: l10n.t(
				'{0} takes at most {1} images at once. Remove some of the files above, then try again.',
				context.host ?? l10n.t('The model'),
				error.most,
			),
			actions: ['try-again', 'choose-model'],
		};
	}
	if (error instanceof AttachmentFailure) {
		const isExcluded = error.kind === 'excluded' || error.kind === 'excluded-document';
		return {
			sentence: attachmentSentence(error),
			actions: isExcluded ? ['open-settings', 'try-again'] : ['try-again', 'show-log'],
		};
	}
	return {
		sentence: l10n.t('Something went wrong that Descry did not expect. The log has the details.'),
		actions: ['try-again', 'show-log'],
	};
}

/** No proxy stands before a server on this machine. */
function isOfUse({ host }: FailureContext): (action: PlainAction) => boolean {
	const address = `http://${host ?? ''}`;
	const isHere = URL.canParse(address) && isLoopback(new URL(address).hostname);
	return (action) => action !== 'open-proxy-settings' || !isHere;
}

/** A server that names a time to wait answers no earlier. */
function inTime(action: PlainAction, { retryAfter }: Failure): Action {
	return action === 'try-again' && longWait(retryAfter) ? tryAgainAt(Date.now() + Math.round(retryAfter)) : action;
}

/** What the server says is shown where our own sentence cannot be exact. */
const shownInServerWords: ReadonlySet<FailureKind> = new Set([
	'bad-request',
	'unsupported-parameter',
	'image-rejected',
	'blocked',
	'permission',
	'server',
]);

function withServerWords(sentence: string, { kind, serverMessage }: Failure): string {
	return serverMessage && shownInServerWords.has(kind)
		? l10n.t('{0} It says: “{1}”', sentence, serverMessage.slice(0, 300))
		: sentence;
}

/** The sentence for a file that could not be read. */
export function attachmentSentence(error: unknown): string {
	const failure = error instanceof AttachmentFailure ? error : new AttachmentFailure('unreadable');
	return attachmentFailures[failure.kind](failure);
}

const labels: Readonly<Record<PlainAction, () => string>> = {
	'set-api-key': () => l10n.t('Set API key'),
	'choose-model': () => l10n.t('Choose another model'),
	'try-again': () => l10n.t('Try again'),
	'fetch-here': () => l10n.t('Fetch it here and send it'),
	'check-connection': () => l10n.t('Check connection'),
	'open-settings': () => l10n.t('Open settings'),
	'open-proxy-settings': () => l10n.t('Open proxy settings'),
	'show-log': () => l10n.t('Show log'),
};

export function actionLabel(action: Action): string {
	const time = timeOf(action);
	return isPlain(action) ? labels[action]() : l10n.t('Try again at {0}', clockTime(time ?? Date.now()));
}

export function isPlain(action: Action): action is PlainAction {
	return Object.hasOwn(labels, action);
}
