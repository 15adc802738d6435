import type { Address, NumberedAddress } from '../../attachments/web/address.ts';
import type { Part } from '../../client/request.ts';
import { isOpenRouter } from '../../client/chatCompletions/dialect.ts';
import { geminiModel } from '../../client/gemini/families.ts';
import { limitsOf } from './imageLimits.ts';

/** A model as a request names it. */
export interface AddressReader {
	readonly endpoint: { readonly protocol: 'chat-completions' | 'gemini'; readonly baseUrl: string };
	readonly model: string;
	readonly sees: 'yes' | 'no' | 'unknown';
}

type AddressTypes = ReadonlySet<Address['mediaType']>;

/** What each protocol's servers read of images, unchanged; Gemini's own wants to be told which one it is. */
const images: Readonly<Record<AddressReader['endpoint']['protocol'], AddressTypes>> = {
	'chat-completions': new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', undefined] as const),
	gemini: new Set(['image/png', 'image/jpeg', 'image/webp', 'image/heic'] as const),
};

/**
 * Whether a server may fetch what is at an address itself, as far as its protocol's documents say (protocols.md 1.1,
 * 1.2). Of the servers that people run themselves, most refuse (protocols.md 7.1, rows 21 and 25).
 */
export function takesAddress({ endpoint, model, sees }: AddressReader, { mediaType }: Address): boolean {
	const { hostname } = new URL(endpoint.baseUrl);
	if (limitsOf(hostname).isLocal || (sees === 'no' && mediaType !== 'application/pdf')) {
		return false;
	}
	const isPdf = mediaType === 'application/pdf';
	switch (endpoint.protocol) {
		case 'chat-completions':
			return isPdf ? isOpenRouter(hostname) : images[endpoint.protocol].has(mediaType);
		case 'gemini': {
			const { generation = Infinity, gemma } = geminiModel(model);
			return !gemma && generation >= 2.5 && (isPdf || images[endpoint.protocol].has(mediaType));
		}
	}
}

/** Files whose address alone goes to the server, under labels with their numbers as those that are sent. */
export function addressParts(addresses: readonly NumberedAddress[]): readonly Part[] {
	return addresses.flatMap(({ name, url, mediaType, number }): Part[] => {
		const label = (what: string): Part => ({
			kind: 'text',
			text: `File ${number}: ${what} ${JSON.stringify(name)}`,
		});
		return mediaType === 'application/pdf'
			? [label('PDF'), { kind: 'pdf', name, content: url }]
			: [label('image'), { kind: 'image', mediaType: mediaType ?? 'image/*', content: url }];
	});
}
