import { l10n } from 'vscode';
import { AttachmentFailure, type AttachmentFailureKind } from '../attachments/attachmentFailure.ts';
import { isLoopback } from '../client/baseUrl.ts';
import { Failure, type FailureKind } from '../client/failure.ts';
import type { KeyAbsence } from '../models/keyAbsence.ts';
import type { Action, FailureNotice } from './action.ts';

/** Whom a failure's sentence speaks of. */
export interface FailureContext {
	/** Undefined for the reader on this device. */
	readonly host?: string | undefined;
	readonly model?: string | undefined;
}

interface Row {
	readonly sentence: (host: string, model: string, failure: Failure) => string;
	readonly actions: readonly Action[];
}

const clientFailures: Readonly<Record<FailureKind, Row>> = {
	auth: {
		sentence: (host) => l10n.t('{0} did not accept the API key.', host),
		actions: ['set-api-key', 'choose-model'],
	},
	permission: {
		sentence: (host, model) => l10n.t('{0} does not let you use {1}.', host, model),
		actions: ['choose-model', 'set-api-key'],
	},
	balance: {
		sentence: (host) => l10n.t('The account at {0} has no credit left.', host),
		actions: ['choose-model', 'try-again'],
	},
	region: {
		sentence: (host) => l10n.t('{0} does not serve the country this request came from.', host),
		actions: ['choose-model', 'open-proxy-settings'],
	},
	quota: {
		sentence: (host, model) => l10n.t('The quota for {0} at {1} is used up.', model, host),
		actions: ['choose-model', 'try-again'],
	},
	rate: {
		sentence: (host, _model, failure) =>
			failure.retryAfter === undefined
				? l10n.t('{0} asks to slow down. Try again in a moment.', host)
				: l10n.t('{0} asks to wait {1} s before the next try.', host, Math.ceil(failure.retryAfter / 1000)),
		actions: ['try-again', 'choose-model'],
	},
	blocked: {
		sentence: (host) => l10n.t('{0} blocked this request or its answer under its content policy.', host),
		actions: ['choose-model'],
	},
	'context-length': {
		sentence: (_host, model) => l10n.t('The files and questions are longer than {0} can read.', model),
		actions: ['choose-model'],
	},
	'unsupported-parameter': {
		sentence: (host, model) => l10n.t('{0} does not accept an option that was sent to {1}.', host, model),
		actions: ['choose-model', 'open-settings'],
	},
	'image-rejected': {
		sentence: (_host, model) => l10n.t('{0} did not accept the image. It may be a model that sees no images.', model),
		actions: ['choose-model', 'try-again'],
	},
	'model-not-found': {
		sentence: (host, model) => l10n.t('{0} has no model named {1}.', host, model),
		actions: ['choose-model'],
	},
	'not-found': {
		sentence: (host) => l10n.t('There is no such service at {0}. The base URL may be wrong.', host),
		actions: ['open-settings', 'choose-model'],
	},
	'too-large': {
		sentence: (host) => l10n.t('The request is larger than {0} takes. Try fewer or smaller files.', host),
		actions: ['choose-model'],
	},
	'bad-request': {
		sentence: (host) => l10n.t('{0} did not understand the request.', host),
		actions: ['choose-model', 'try-again'],
	},
	overloaded: {
		sentence: (host) => l10n.t('{0} is overloaded at the moment. Try again a little later.', host),
		actions: ['try-again', 'choose-model'],
	},
	server: {
		sentence: (host) => l10n.t('The server at {0} failed. Trying again may help.', host),
		actions: ['try-again', 'choose-model'],
	},
	network: {
		sentence: (host, _model, failure) => networkSentence(host, failure.code),
		actions: ['try-again', 'open-proxy-settings', 'choose-model'],
	},
	timeout: {
		sentence: (host) => l10n.t('{0} took too long to answer.', host),
		actions: ['try-again', 'choose-model'],
	},
	truncated: {
		sentence: (host) => l10n.t('The answer from {0} broke off. What arrived is above.', host),
		actions: ['try-again', 'choose-model'],
	},
	empty: {
		sentence: (_host, model) => l10n.t('{0} gave an empty answer.', model),
		actions: ['try-again', 'choose-model'],
	},
	'invalid-response': {
		sentence: (host) =>
			l10n.t('What {0} sent is not an answer from a model. Its base URL may lead to a web page.', host),
		actions: ['open-settings', 'choose-model', 'try-again'],
	},
};

/** Where the server refused a request that went without a key. */
const keyAbsences: Readonly<Record<KeyAbsence, Row>> = {
	'no-key-set': {
		sentence: (host) => l10n.t('{0} needs an API key, and none is set.', host),
		actions: ['set-api-key', 'choose-model'],
	},
	'no-key-wanted': {
		sentence: (host) => l10n.t('{0} needs an API key, but its entry in the settings says to send none.', host),
		actions: ['open-settings', 'choose-model'],
	},
	'no-key-unencrypted': {
		sentence: (host) =>
			l10n.t('{0} needs an API key, and Descry sends none without encryption. Use an address with https.', host),
		actions: ['open-settings', 'choose-model'],
	},
};

function rowOf({ kind, code }: Failure): Row {
	return kind === 'auth' && code !== undefined && code in keyAbsences
		? keyAbsences[code as KeyAbsence]
		: clientFailures[kind];
}

/** By the system's error code; each names the usual cause. */
const networkSentences: Readonly<Record<string, (host: string) => string>> = {
	ECONNREFUSED: (host) => l10n.t('Nothing answers at {0}. Is the server running?', host),
	ENOTFOUND: (host) => l10n.t('The name {0} was not found. Check the connection and the base URL.', host),
	EAI_AGAIN: (host) => l10n.t('The name {0} could not be looked up. Check the connection.', host),
	ECONNRESET: (host) => l10n.t('The connection to {0} was lost.', host),
	SELF_SIGNED_CERT_IN_CHAIN: (host) =>
		l10n.t('The certificate of {0} is not trusted. A company proxy may need its certificate installed.', host),
	DEPTH_ZERO_SELF_SIGNED_CERT: (host) => l10n.t('The certificate of {0} is signed by itself and not trusted.', host),
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => l10n.t('The certificate of {0} could not be verified.', host),
	CERT_HAS_EXPIRED: (host) => l10n.t('The certificate of {0} has expired.', host),
};

function networkSentence(host: string, code: string | undefined): string {
	const known = code === undefined ? undefined : networkSentences[code];
	return known?.(host) ?? l10n.t('{0} could not be reached.', host);
}

const attachmentFailures: Readonly<Record<AttachmentFailureKind, () => string>> = {
	missing: () => l10n.t('There is no such file.'),
	folder: () => l10n.t('This is a folder. Select the images or PDFs in it.'),
	'empty-file': () => l10n.t('The file is empty.'),
	'unsupported-type': () => l10n.t('This is not an image or PDF that Descry can read, whatever its name says.'),
	damaged: () => l10n.t('The file is damaged or incomplete. Opening and saving it in another program may repair it.'),
	'too-many-pixels': () => l10n.t('The image has more pixels than can be read. Save a smaller copy and describe that.'),
	'too-large-file': () => l10n.t('The file is too large to read.'),
	locked: () => l10n.t('The PDF is locked by a password. Save a copy without one and describe that.'),
	'wrong-password': () => l10n.t('The password does not open the PDF.'),
	'locked-otherwise': () => l10n.t('The PDF is locked in a way that no password opens. Save an unlocked copy.'),
	'no-pages': () => l10n.t('The PDF has no pages.'),
	unreadable: () => l10n.t('The file could not be read.'),
};

/** The sentence and buttons for anything that went wrong while a model was asked. */
export function noticeOf(error: unknown, context: FailureContext): FailureNotice {
	if (error instanceof Failure) {
		const { sentence, actions } = rowOf(error);
		const words = sentence(context.host ?? l10n.t('this device'), context.model ?? l10n.t('the model'), error);
		return { sentence: withServerWords(words, error), actions: [...actions.filter(isOfUse(context)), 'show-log'] };
	}
	if (error instanceof AttachmentFailure) {
		return { sentence: attachmentSentence(error), actions: ['try-again', 'show-log'] };
	}
	return {
		sentence: l10n.t('Something went wrong that Descry did not expect. The log has the details.'),
		actions: ['try-again', 'show-log'],
	};
}

/** No proxy stands before a server on this machine. */
function isOfUse({ host }: FailureContext): (action: Action) => boolean {
	const isHere = host !== undefined && isLoopback(new URL(`http://${host}`).hostname);
	return (action) => action !== 'open-proxy-settings' || !isHere;
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
	return error instanceof AttachmentFailure ? attachmentFailures[error.kind]() : attachmentFailures.unreadable();
}

const labels: Readonly<Record<Action, () => string>> = {
	'set-api-key': () => l10n.t('Set API key'),
	'choose-model': () => l10n.t('Choose another model'),
	'try-again': () => l10n.t('Try again'),
	'open-settings': () => l10n.t('Open settings'),
	'open-proxy-settings': () => l10n.t('Open proxy settings'),
	'show-log': () => l10n.t('Show log'),
};

export function actionLabel(action: Action): string {
	return labels[action]();
}
