import type { PictureType } from '../../attachments/attachment.ts';
import { isLoopback } from '../../client/transport/baseUrl.ts';

/** What an endpoint takes in one request, whatever the model. */
export interface ImageLimits {
	readonly mediaTypes: readonly PictureType[];
	/** Bytes of one image. */
	readonly maxBytes: number;
	readonly requestBytes: number;
	readonly maxImages: number;
	/** A server of one's own, with models of the size that fits there. */
	readonly isLocal: boolean;
}

/** Megabytes of base64, as servers count, in bytes of the file. */
function encodedMegabytes(megabytes: number): number {
	return Math.floor((megabytes * 1_000_000 * 3) / 4);
}

const everywhere: readonly PictureType[] = ['image/png', 'image/jpeg'];
const withWebp: readonly PictureType[] = [...everywhere, 'image/webp'];
const withGif: readonly PictureType[] = [...withWebp, 'image/gif'];

/** What nearly every server and gateway takes (protocols.md 4.1). */
const commonDenominator: ImageLimits = {
	mediaTypes: everywhere,
	maxBytes: encodedMegabytes(5),
	requestBytes: encodedMegabytes(20),
	maxImages: 16,
	isLocal: false,
};

/** llama.cpp and several builds of LM Studio know no WebP; size and number are up to the machine. */
const ownServer: ImageLimits = {
	mediaTypes: everywhere,
	maxBytes: encodedMegabytes(20),
	requestBytes: encodedMegabytes(100),
	maxImages: Infinity,
	isLocal: true,
};

/** By host name, the first that fits. */
const byHost: readonly { readonly host: RegExp; readonly limits: Partial<ImageLimits> }[] = [
	{
		host: /^api\.openai\.com$/,
		limits: {
			mediaTypes: withGif,
			maxBytes: encodedMegabytes(20),
			requestBytes: encodedMegabytes(512),
			maxImages: 1500,
		},
	},
	{
		host: /\.(?:openai|services\.ai|cognitiveservices)\.azure\.com$/,
		limits: { mediaTypes: withGif, maxBytes: encodedMegabytes(20), requestBytes: encodedMegabytes(50), maxImages: 10 },
	},
	{
		host: /^generativelanguage\.googleapis\.com$/,
		limits: { mediaTypes: withWebp, maxBytes: encodedMegabytes(7), maxImages: 3600 },
	},
	{
		host: /(?:^|[.-])aiplatform\.googleapis\.com$/,
		limits: {
			mediaTypes: withWebp,
			maxBytes: encodedMegabytes(7),
			requestBytes: encodedMegabytes(500),
			maxImages: 3000,
		},
	},
	{
		host: /^api\.anthropic\.com$/,
		limits: { mediaTypes: withGif, requestBytes: encodedMegabytes(32), maxImages: 100 },
	},
	{ host: /(?:^|\.)openrouter\.ai$/, limits: { mediaTypes: withWebp, maxImages: 100 } },
	{
		host: /^api\.x\.ai$/,
		limits: { maxBytes: encodedMegabytes(10), requestBytes: encodedMegabytes(50), maxImages: 100 },
	},
];

/** Names and addresses of a home or an office; not of the public network. */
const ownNetwork =
	/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cde])|\.(?:local|lan|internal|home\.arpa)$|^[^.[]+$/;

/** By the host's name as `URL` spells it. */
export function limitsOf(hostname: string): ImageLimits {
	if (isLoopback(hostname) || ownNetwork.test(hostname)) {
		return ownServer;
	}
	return { ...commonDenominator, ...byHost.find(({ host }) => host.test(hostname))?.limits };
}
