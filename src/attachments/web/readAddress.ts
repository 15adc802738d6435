import { isPublicHost } from './publicAddress.ts';

/** Why a text is no address that is fetched. */
export type AddressMistake = 'no-address' | 'not-https' | 'has-password' | 'not-public';

/** What a user typed or copied, as an address on the public internet. */
export function readAddress(text: string): URL | AddressMistake {
	const url = URL.parse(text);
	if (!url) {
		return 'no-address';
	}
	if (url.protocol !== 'https:') {
		return 'not-https';
	}
	if (url.username !== '' || url.password !== '') {
		return 'has-password';
	}
	return isPublicHost(url.hostname) ? url : 'not-public';
}
