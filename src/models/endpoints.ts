import { isLoopback } from '../client/baseUrl.ts';
import { reservedNames } from './modelId.ts';
import { type NamedEndpoint, presets } from './presets.ts';

/** Presets and the user's own endpoints; an own one replaces the preset of its name. Malformed entries are left out. */
export function endpointsFrom(setting: unknown): readonly NamedEndpoint[] {
	const own = isRecord(setting)
		? Object.entries(setting).flatMap(([name, entry]) => readEndpoint(name, entry) ?? [])
		: [];
	const ownNames = new Set(own.map(({ name }) => name));
	return [...own, ...presets.filter(({ name }) => !ownNames.has(name))];
}

function readEndpoint(name: string, entry: unknown): NamedEndpoint | undefined {
	if (reservedNames.has(name) || name.includes('/') || !isRecord(entry)) {
		return undefined;
	}
	const { baseUrl, auth, headers } = entry;
	if (typeof baseUrl !== 'string' || !isWebAddress(baseUrl)) {
		return undefined;
	}
	return {
		name,
		protocol: 'chat-completions',
		baseUrl,
		auth: auth === 'none' ? 'none' : 'bearer',
		...(isRecord(headers) ? { headers: stringsOf(headers) } : {}),
	};
}

function isWebAddress(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringsOf(record: Readonly<Record<string, unknown>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(record).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
	);
}

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
