import { l10n } from 'vscode';
import type { Failure, FailureKind } from '../client/failure/failure.ts';
import type { KeyAbsence } from '../models/keyAbsence.ts';
import type { PlainAction } from './action.ts';
import { clockTime, longWait } from './clockTime.ts';

/** What is said of a failure, and what is offered. */
export interface FailureRow {
	readonly sentence: (host: string, model: string, failure: Failure) => string;
	/** Most useful first; the log is offered for all. */
	readonly actions: readonly PlainAction[];
}

export function rowOf({ kind, code = '' }: Failure): FailureRow {
	return ownValue(rowsByCode[kind] ?? {}, code) ?? failureRows[kind];
}

/** What a server may mean that did not get at a file whose address it was sent. */
const perhapsTheAddress: ReadonlySet<FailureKind> = new Set([
	'image-rejected',
	'bad-request',
	'permission',
	'not-found',
	'too-large',
	'server',
	'timeout',
	'empty',
	'invalid-response',
]);

const addressRow: FailureRow = {
	sentence: (host) => l10n.t('{0} did not take the address of the file, or could not fetch it.', host),
	actions: ['fetch-here', 'choose-model', 'try-again'],
};

/** As `rowOf`, where the server was to fetch files itself. */
export function addressRowOf(failure: Failure): FailureRow {
	const { kind } = failure;
	if (kind === 'image-rejected' || kind === 'bad-request') {
		return addressRow;
	}
	const row = rowOf(failure);
	return perhapsTheAddress.has(kind) ? { ...row, actions: ['fetch-here', ...row.actions] } : row;
}

/** Codes come from servers, who may call theirs `constructor`. */
function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

const failureRows: Readonly<Record<FailureKind, FailureRow>> = {
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
		sentence: (host, model, { retryAfter }) =>
			longWait(retryAfter)
				? l10n.t('The quota for {0} at {1} is used up until {2}.', model, host, clockTime(Date.now() + retryAfter))
				: l10n.t('The quota for {0} at {1} is used up.', model, host),
		actions: ['choose-model', 'try-again'],
	},
	rate: {
		sentence: (host, _model, { retryAfter }) =>
			retryAfter === undefined
				? l10n.t('{0} asks to slow down. Try again in a moment.', host)
				: longWait(retryAfter)
					? l10n.t('{0} asks to wait until {1}.', host, clockTime(Date.now() + retryAfter))
					: l10n.t('{0} asks to wait {1} s before the next try.', host, Math.ceil(retryAfter / 1000)),
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
		sentence: (host, model, { code }) =>
			code === undefined
				? l10n.t('{0} does not accept an option that was sent to {1}.', host, model)
				: l10n.t('{0} does not accept the option “{1}” for {2}.', host, code, model),
		actions: ['open-settings', 'choose-model'],
	},
	'image-rejected': {
		sentence: (_host, model) => l10n.t('{0} did not accept the image. It may be a model that sees no images.', model),
		actions: ['choose-model', 'check-connection', 'try-again'],
	},
	'model-not-found': {
		sentence: (host, model) => l10n.t('{0} has no model named {1}.', host, model),
		actions: ['choose-model'],
	},
	'not-found': {
		sentence: (host) => l10n.t('There is no such service at {0}. The base URL may be wrong.', host),
		actions: ['open-settings', 'check-connection', 'choose-model'],
	},
	'too-large': {
		sentence: (host) => l10n.t('The request is larger than {0} takes. Try fewer or smaller files.', host),
		actions: ['choose-model'],
	},
	'bad-request': {
		sentence: (host) => l10n.t('{0} did not understand the request.', host),
		actions: ['choose-model', 'check-connection', 'try-again'],
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
		sentence: (host, _model, { code = '' }) =>
			ownValue(networkSentences, code)?.(host) ?? l10n.t('{0} could not be reached.', host),
		actions: ['try-again', 'open-proxy-settings', 'choose-model'],
	},
	timeout: {
		sentence: (host) => l10n.t('{0} took too long to answer.', host),
		actions: ['try-again', 'check-connection', 'choose-model'],
	},
	truncated: {
		sentence: (host) => l10n.t('The answer from {0} broke off before its end.', host),
		actions: ['try-again', 'choose-model'],
	},
	empty: {
		sentence: (_host, model) => l10n.t('{0} gave an empty answer.', model),
		actions: ['try-again', 'choose-model'],
	},
	'invalid-response': {
		sentence: (host) =>
			l10n.t('What {0} sent is not an answer from a model. Its base URL may lead to a web page.', host),
		actions: ['open-settings', 'check-connection', 'choose-model'],
	},
};

/** Where the server refused a request that went without a key. */
const keyAbsences: Readonly<Record<KeyAbsence, FailureRow>> = {
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

const tooMuch: FailureRow = {
	sentence: (host) => l10n.t('{0} sent more than Descry can take in.', host),
	actions: ['try-again', 'choose-model'],
};

/** Where the code says more than the kind. */
const rowsByCode: Partial<Readonly<Record<FailureKind, Readonly<Record<string, FailureRow>>>>> = {
	auth: {
		...keyAbsences,
		'key-has-blanks': {
			sentence: (host) => l10n.t('The API key for {0} holds blanks or other characters that no key has.', host),
			actions: ['set-api-key', 'choose-model'],
		},
	},
	blocked: {
		refusal: {
			sentence: (_host, model) => l10n.t('{0} declined to answer.', model),
			actions: ['choose-model', 'try-again'],
		},
	},
	'image-rejected': {
		'sees-no-images': {
			sentence: (_host, model) => l10n.t('{0} sees no images. Nothing was sent.', model),
			// To choose lists anew what its server can do: it may have learned to see since.
			actions: ['choose-model'],
		},
	},
	'bad-request': {
		ERR_INVALID_URL: {
			sentence: (host) => l10n.t('The base URL of {0} is no address of a server.', host),
			actions: ['open-settings', 'choose-model'],
		},
	},
	empty: {
		// Hidden thoughts count against the limit: an answer of none follows (protocols.md 7.1, row 38).
		length: {
			sentence: (_host, model) =>
				l10n.t(
					'{0} used up its limit of tokens before it said anything. Raise maxOutputTokens in the settings, or let it think less.',
					model,
				),
			actions: ['open-settings', 'choose-model', 'try-again'],
		},
	},
	timeout: {
		connect: {
			sentence: (host) => l10n.t('{0} could not be reached in time.', host),
			actions: ['try-again', 'open-proxy-settings', 'choose-model'],
		},
		byteIdle: {
			sentence: (host) => l10n.t('{0} stopped in the middle of its answer.', host),
			actions: ['try-again', 'choose-model'],
		},
		contentIdle: {
			sentence: (host) => l10n.t('{0} kept the connection open, but said nothing more.', host),
			actions: ['try-again', 'choose-model'],
		},
		total: {
			sentence: (host) => l10n.t('{0} took longer for its whole answer than the settings allow.', host),
			actions: ['try-again', 'open-settings', 'choose-model'],
		},
	},
	'invalid-response': {
		'answer-too-long': tooMuch,
		'event-too-long': tooMuch,
		'image-too-large': tooMuch,
		'bad-image': {
			sentence: (host) => l10n.t('{0} sent an image that is damaged.', host),
			actions: ['try-again', 'choose-model'],
		},
		redirect: {
			sentence: (host) =>
				l10n.t(
					'{0} sends requests on to another address, where no key and no file may follow. Use that address.',
					host,
				),
			actions: ['open-settings', 'choose-model'],
		},
	},
};

function lost(host: string): string {
	return l10n.t('The connection to {0} was lost.', host);
}

/** By the system's error code; each names the usual cause. */
const networkSentences: Readonly<Record<string, (host: string) => string>> = {
	ECONNREFUSED: (host) => l10n.t('Nothing answers at {0}. Is the server running?', host),
	ENOTFOUND: (host) => l10n.t('The name {0} was not found. Check the connection and the base URL.', host),
	EAI_AGAIN: (host) => l10n.t('The name {0} could not be looked up. Check the connection.', host),
	ECONNRESET: lost,
	EPIPE: lost,
	UND_ERR_SOCKET: lost,
	EHOSTUNREACH: (host) => l10n.t('There is no way to {0} from here. Check the connection.', host),
	ENETUNREACH: (host) => l10n.t('There is no way to {0} from here. Check the connection.', host),
	ETIMEDOUT: (host) => l10n.t('{0} could not be reached in time.', host),
	SELF_SIGNED_CERT_IN_CHAIN: (host) =>
		l10n.t('The certificate of {0} is not trusted. A company proxy may need its certificate installed.', host),
	DEPTH_ZERO_SELF_SIGNED_CERT: (host) => l10n.t('The certificate of {0} is signed by itself and not trusted.', host),
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => l10n.t('The certificate of {0} could not be verified.', host),
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (host) => l10n.t('The certificate of {0} could not be verified.', host),
	CERT_HAS_EXPIRED: (host) => l10n.t('The certificate of {0} has expired.', host),
	ERR_TLS_CERT_ALTNAME_INVALID: (host) => l10n.t('The certificate at {0} is for another server.', host),
};
