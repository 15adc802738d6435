import { isLoopback } from '../../client/transport/baseUrl.ts';
import type { NamedEndpoint } from './presets.ts';

/** How files travel to an endpoint; `none` when they stay on this machine. */
export function transitTo({ baseUrl }: { readonly baseUrl: string }): 'none' | 'encrypted' | 'plain' {
	return isLoopback(new URL(baseUrl).hostname)
		? 'none'
		: new URL(baseUrl).protocol === 'https:'
			? 'encrypted'
			: 'plain';
}

/** `api.openai.com`, with the port where it says something. */
export function hostOf(endpoint: { readonly baseUrl: string }): string {
	return new URL(endpoint.baseUrl).host;
}

/** Under which a key is stored, e.g. `https://api.openai.com`. */
export function originOf(endpoint: { readonly baseUrl: string }): string {
	return new URL(endpoint.baseUrl).origin;
}

/** Plain http beyond this machine never carries a key (design.md "Keys"). */
export function mayCarryKey(endpoint: NamedEndpoint): boolean {
	return endpoint.auth !== 'none' && transitTo(endpoint) !== 'plain';
}
