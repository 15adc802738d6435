import { lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { AttachmentFailure, type AttachmentFailureKind } from '../attachmentFailure.ts';
import { isPublicAddress, isPublicHost } from './publicAddress.ts';
import { isImageType, sniff } from '../sniff.ts';

export interface RemoteLimits {
	/** Bytes */
	readonly size: number;
	/** For everything together, ms. */
	readonly time: number;
	/** For the host to say anything, or anything more, ms. */
	readonly silence: number;
	/** Which hosts and addresses may be called: those of the public internet. */
	readonly mayCall: { readonly host: (hostname: string) => boolean; readonly address: (address: string) => boolean };
}

const defaults: RemoteLimits = {
	size: 64 * 1024 * 1024,
	time: 180_000,
	silence: 20_000,
	mayCall: { host: isPublicHost, address: isPublicAddress },
};

const mostRedirects = 3;

/** How much of a file has come. */
export interface Fetched {
	/** Bytes */
	readonly bytes: number;
	/** Bytes; undefined where the host does not say. */
	readonly of: number | undefined;
}

/** Of the whole, and in bytes where nobody knows the whole: what comes in between is not told. */
const toldShare = 0.05;
const toldBytes = 512 * 1024;

/** What a status says of an address; others say nothing of use. */
const statusKinds: Readonly<Record<number, AttachmentFailureKind>> = {
	401: 'not-readable',
	403: 'not-readable',
	404: 'not-there',
	410: 'not-there',
	451: 'not-readable',
};

/**
 * The bytes of an image or a PDF on the web. Called without cookies, keys or a referrer; only by https, and only on
 * the public internet: a document must not make this machine read what only this machine can reach.
 * Fails with `AttachmentFailure`: `not-fetchable`, `unreachable`, `not-there`, `not-readable`, `too-large-file`,
 * `leads-elsewhere`, `empty-file`, or the signal's reason.
 * @param told Hears now and then how much has come.
 */
export async function fetchRemote(
	url: string,
	signal: AbortSignal,
	told: (fetched: Fetched) => void = () => undefined,
	limits: RemoteLimits = defaults,
): Promise<Uint8Array> {
	const late = AbortSignal.timeout(limits.time);
	try {
		const { bytes, declaredType } = await follow(url, AbortSignal.any([signal, late]), told, limits);
		const type = sniff(bytes);
		if (bytes.length === 0) {
			throw new AttachmentFailure('empty-file');
		}
		if (type !== 'application/pdf' && !isImageType(type)) {
			// A program's data is text, too; the host knows better what it is called.
			throw new AttachmentFailure('leads-elsewhere', type === 'text/html' ? type : (declaredType ?? type));
		}
		return bytes;
	} catch (error) {
		signal.throwIfAborted();
		throw error instanceof AttachmentFailure ? error : new AttachmentFailure('unreachable', String(error), error);
	}
}

interface Found {
	readonly bytes: Uint8Array;
	/** As the host says. */
	readonly declaredType: string | undefined;
}

async function follow(
	url: string,
	signal: AbortSignal,
	told: (fetched: Fetched) => void,
	limits: RemoteLimits,
): Promise<Found> {
	let next = url;
	for (let calls = 0; calls <= mostRedirects; calls++) {
		const response = await call(allowed(next, limits), signal, limits);
		try {
			const { statusCode = 0, headers } = response;
			if (statusCode >= 200 && statusCode < 300) {
				const declaredType = /^[\w.+-]+\/[\w.+-]+/.exec(headers['content-type'] ?? '')?.[0].toLowerCase();
				return { bytes: await read(response, limits.size, told), declaredType };
			}
			if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) {
				throw new AttachmentFailure(statusKinds[statusCode] ?? 'unreachable', `HTTP ${statusCode}`);
			}
			next = new URL(headers.location, next).href;
		} finally {
			response.destroy();
		}
	}
	throw new AttachmentFailure('unreachable', `More than ${mostRedirects} redirects.`);
}

function allowed(text: string, { mayCall }: RemoteLimits): URL {
	const url = URL.parse(text);
	if (url?.protocol !== 'https:' || !mayCall.host(url.hostname)) {
		throw new AttachmentFailure('not-fetchable', text);
	}
	url.username = '';
	url.password = '';
	return url;
}

async function call(url: URL, signal: AbortSignal, { mayCall, silence }: RemoteLimits): Promise<IncomingMessage> {
	// VS Code patches the module object for the user's proxy: looked up at each call (platform.md 1.1). Behind a proxy
	// names are resolved there; the check of `allowed` then stands alone.
	const { default: https } = await import('node:https');
	const headers = {
		accept: 'image/*, application/pdf',
		'accept-encoding': 'identity',
		'user-agent': 'Descry (extension for Visual Studio Code)',
	};
	return new Promise((resolve, reject) => {
		const request = https
			.get({
				...urlToHttpOptions(url),
				headers,
				signal,
				// Not the shared one: its open connections may lead to addresses that nobody checked.
				agent: new https.Agent({ keepAlive: false }),
				lookup: checkedLookup(url.hostname, mayCall.address),
			})
			.once('response', resolve)
			.once('error', reject)
			.setTimeout(silence, () => request.destroy(new Error(`Silent for ${silence} ms.`)));
	});
}

/**
 * Resolves the host's name and refuses it when any of its addresses may not be called; the connection then goes to
 * what was checked. Other names are those of a proxy, which the user chose.
 */
function checkedLookup(hostname: string, mayCall: (address: string) => boolean): LookupFunction {
	return (name, options, callback) => {
		resolve(name, { ...options, all: true }, (error, addresses) => {
			const [first] = addresses;
			if (error || !first) {
				callback(error ?? new Error(`${name} has no address.`), []);
			} else if (name === hostname && isIP(name) === 0 && !addresses.every(({ address }) => mayCall(address))) {
				callback(new AttachmentFailure('not-fetchable', name), []);
			} else if (options.all === true) {
				callback(null, addresses);
			} else {
				callback(null, first.address, first.family);
			}
		});
	};
}

async function read(response: IncomingMessage, limit: number, told: (fetched: Fetched) => void): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	let size = 0;
	let next = 0;
	const declared = Number(response.headers['content-length'] ?? NaN);
	const of = Number.isNaN(declared) ? undefined : declared;
	if (of !== undefined && of > limit) {
		throw new AttachmentFailure('too-large-file', `${of} bytes`);
	}
	for await (const chunk of response as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > limit) {
			throw new AttachmentFailure('too-large-file', `more than ${limit} bytes`);
		}
		chunks.push(chunk);
		if (size >= next) {
			told({ bytes: size, of });
			next = size + (of === undefined ? toldBytes : of * toldShare);
		}
	}
	if (!response.complete) {
		throw new AttachmentFailure('unreachable', 'The answer was cut off.');
	}
	return new Uint8Array(Buffer.concat(chunks));
}
