import { lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { AttachmentFailure } from '../attachmentFailure.ts';
import { isPublicAddress, isPublicHost } from './publicAddress.ts';
import { isImageType, sniff } from '../sniff.ts';

export interface RemoteLimits {
	/** Bytes */
	readonly size: number;
	/** For everything together, ms. */
	readonly time: number;
	/** Which hosts and addresses may be called: those of the public internet. */
	readonly mayCall: { readonly host: (hostname: string) => boolean; readonly address: (address: string) => boolean };
}

const defaults: RemoteLimits = {
	size: 64 * 1024 * 1024,
	time: 30_000,
	mayCall: { host: isPublicHost, address: isPublicAddress },
};

const mostRedirects = 3;

/**
 * The bytes of an image or a PDF on the web. Called without cookies, keys or a referrer; only by https, and only on
 * the public internet: a document must not make this machine read what only this machine can reach.
 * Fails with `AttachmentFailure`: `not-fetchable`, `unreachable`, `too-large-file`, `unsupported-type`, `empty-file`, or
 * the signal's reason.
 */
export async function fetchRemote(
	url: string,
	signal: AbortSignal,
	limits: RemoteLimits = defaults,
): Promise<Uint8Array> {
	const late = AbortSignal.timeout(limits.time);
	try {
		const bytes = await follow(url, AbortSignal.any([signal, late]), limits);
		const type = sniff(bytes);
		if (bytes.length === 0) {
			throw new AttachmentFailure('empty-file');
		}
		if (type !== 'application/pdf' && !isImageType(type)) {
			throw new AttachmentFailure('unsupported-type', type);
		}
		return bytes;
	} catch (error) {
		signal.throwIfAborted();
		throw error instanceof AttachmentFailure ? error : new AttachmentFailure('unreachable', String(error), error);
	}
}

async function follow(url: string, signal: AbortSignal, limits: RemoteLimits): Promise<Uint8Array> {
	let next = url;
	for (let calls = 0; calls <= mostRedirects; calls++) {
		const response = await call(allowed(next, limits), signal, limits);
		try {
			const { statusCode = 0, headers } = response;
			if (statusCode >= 200 && statusCode < 300) {
				return await read(response, limits.size);
			}
			if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) {
				throw new AttachmentFailure('unreachable', `HTTP ${statusCode}`);
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

async function call(url: URL, signal: AbortSignal, { mayCall }: RemoteLimits): Promise<IncomingMessage> {
	// VS Code patches the module object for the user's proxy: looked up at each call (platform.md 1.1). Behind a proxy
	// names are resolved there; the check of `allowed` then stands alone.
	const { default: https } = await import('node:https');
	const headers = {
		accept: 'image/*, application/pdf',
		'accept-encoding': 'identity',
		'user-agent': 'Descry (extension for Visual Studio Code)',
	};
	return new Promise((resolve, reject) => {
		https
			.get({
				...urlToHttpOptions(url),
				headers,
				signal,
				// Not the shared one: its open connections may lead to addresses that nobody checked.
				agent: new https.Agent({ keepAlive: false }),
				lookup: checkedLookup(url.hostname, mayCall.address),
			})
			.once('response', resolve)
			.once('error', reject);
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

async function read(response: IncomingMessage, limit: number): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	let size = 0;
	if (Number(response.headers['content-length'] ?? 0) > limit) {
		throw new AttachmentFailure('too-large-file', `${response.headers['content-length']} bytes`);
	}
	for await (const chunk of response as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > limit) {
			throw new AttachmentFailure('too-large-file', `more than ${limit} bytes`);
		}
		chunks.push(chunk);
	}
	if (!response.complete) {
		throw new AttachmentFailure('unreachable', 'The answer was cut off.');
	}
	return new Uint8Array(Buffer.concat(chunks));
}
