import { endingOf, typeOfEnding } from '../fileEndings.ts';
import type { ImageType } from '../sniff.ts';
import { nameOfAddress } from './onWeb.ts';

/** A file on the web that a server is to fetch itself: nothing of it is known here but what its address says. */
export interface Address {
	readonly name: string;
	readonly url: URL;
	/** By the ending of its name; what it really is, the server finds out. */
	readonly mediaType: ImageType | 'application/pdf' | undefined;
}

/** One of the files of a conversation. */
export interface NumberedAddress extends Address {
	/** From 1. */
	readonly number: number;
}

export function addressOf(url: URL): Address {
	return { name: nameOfAddress(url), url, mediaType: typeOfEnding(endingOf(url.pathname)) };
}
