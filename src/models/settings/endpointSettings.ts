import { isLoopback } from '../../client/transport/baseUrl.ts';
import type { Endpoint } from '../../client/endpoint.ts';
import type { Parameters } from '../../client/request.ts';
import type { Timers } from '../../client/transport/timers.ts';
import { reservedNames } from '../modelId.ts';
import { type NamedEndpoint, presets } from './presets.ts';
import { readRequestSettings } from './requestSettings.ts';
import {
	folded,
	inside,
	isSettingObject,
	members,
	mistaken,
	number,
	oneOf,
	type Place,
	type Reader,
	type SettingMistake,
	text,
} from './settingReader.ts';

export interface EndpointSettings {
	/** Presets and the user's own endpoints. */
	readonly endpoints: readonly NamedEndpoint[];
	readonly mistakes: readonly SettingMistake[];
}

/**
 * Reads `descry.endpoints`. An entry with a preset's name replaces it, or, without an address of its own, changes what
 * it names. An entry that cannot be read is left out.
 */
export function readEndpointSettings(setting: unknown): EndpointSettings {
	const mistakes: SettingMistake[] = [];
	const place: Place = { path: [], mistakes };
	const entries = isSettingObject(setting) ? Object.entries(setting) : [];
	if (setting !== undefined && !isSettingObject(setting)) {
		mistaken(place, { kind: 'object' });
	}
	const own = entries.flatMap(([name, entry]) => namedEndpoint(name, entry, inside(place, name)) ?? []);
	const ownNames = new Set(own.map(({ name }) => name));
	return { endpoints: [...own, ...presets.filter(({ name }) => !ownNames.has(name))], mistakes };
}

/** What an entry of the setting holds. */
interface Entry extends Omit<Endpoint, 'protocol' | 'auth'> {
	readonly protocol?: Endpoint['protocol'];
	readonly auth?: Endpoint['auth'];
	readonly request?: Parameters;
	readonly timeouts?: Partial<Timers>;
}

const headers: Reader<Readonly<Record<string, string>>> = (value, place) => {
	if (!isSettingObject(value)) {
		return mistaken(place, { kind: 'object' });
	}
	const fits = (name: string, content: unknown): boolean =>
		/^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof content === 'string' && /^[\t\x20-\x7e]*$/.test(content);
	const entries = Object.entries(value).filter((entry): entry is [string, string] => fits(...entry));
	for (const name of Object.keys(value)) {
		if (!entries.some(([known]) => known === name)) {
			mistaken(inside(place, name), { kind: 'header' });
		}
	}
	return Object.fromEntries(entries);
};

const request: Reader<Parameters> = (value, place) => {
	const { parameters, mistakes } = readRequestSettings(value, place.path);
	place.mistakes.push(...mistakes);
	return parameters;
};

/** In seconds, as people count; a day is for ever. */
const seconds = number(0, 86_400);

const timeoutMembers = members<Omit<Timers, 'graceAfterFinish'>>({
	connect: seconds,
	firstByte: seconds,
	byteIdle: seconds,
	contentIdle: seconds,
	total: seconds,
});

const timeouts: Reader<Partial<Timers>> = (value, place) => {
	const read = timeoutMembers(value, place);
	return read && Object.fromEntries(Object.entries(read).map(([name, time]) => [name, time * 1000]));
};

const entryOf = members<Entry>(
	{
		protocol: oneOf(['chat-completions', 'gemini'], { openai: 'chat-completions', google: 'gemini' }),
		baseUrl: text({ kind: 'address' }, /^https?:\/\//i, withScheme),
		auth: oneOf(['bearer', 'x-goog-api-key', 'api-key', 'none']),
		headers,
		request,
		timeouts,
		extraBody: (value, place) => (isSettingObject(value) ? value : mistaken(place, { kind: 'object' })),
	},
	({ ...entry }) => {
		const written = Object.keys(entry).find((name) => ['url', 'apibase', 'endpoint'].includes(folded(name)));
		return written === undefined || 'baseUrl' in entry ? entry : renamed(entry, written);
	},
);

function renamed(entry: Readonly<Record<string, unknown>>, written: string): Readonly<Record<string, unknown>> {
	const rest = Object.entries(entry).filter(([name]) => name !== written);
	return { ...Object.fromEntries(rest), baseUrl: entry[written] };
}

function namedEndpoint(name: string, value: unknown, place: Place): NamedEndpoint | null {
	if (reservedNames.has(name) || !/^[^/\s]+$/.test(name)) {
		return mistaken(place, { kind: 'name' });
	}
	const entry = entryOf(value, place);
	if (!entry) {
		return null;
	}
	const { request: parameters, timeouts: timers, baseUrl, protocol, auth, headers, extraBody } = entry;
	const preset = baseUrl === undefined ? presets.find((one) => one.name === name) : undefined;
	const address = baseUrl ?? preset?.baseUrl;
	if (address === undefined || !URL.canParse(address)) {
		const told = place.mistakes.some(({ path }) => path.length === 2 && path[0] === name && path[1] === 'baseUrl');
		return told ? null : mistaken(inside(place, 'baseUrl'), { kind: 'address' });
	}
	const spoken = protocol ?? preset?.protocol ?? 'chat-completions';
	return {
		...preset,
		name,
		protocol: spoken,
		baseUrl: address,
		auth: auth ?? preset?.auth ?? 'bearer',
		...(headers && { headers }),
		...(extraBody && { extraBody: spoken === 'gemini' ? asGeminiSpells(extraBody) : extraBody }),
		...(parameters && { parameters }),
		...(timers && { timers }),
	};
}

/** An address as people type it, with the scheme that they leave out. */
function withScheme(address: string): string {
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(address)) {
		return address;
	}
	const secure = `https://${address}`;
	return address !== '' && URL.canParse(secure) && isLoopback(new URL(secure).hostname) ? `http://${address}` : secure;
}

/** Mistakes of a documentation that people copy from, and what Gemini's servers know (protocols.md 1.2). */
const misspelled: ReadonlyMap<string, string> = new Map([
	['topk', 'topK'],
	['response_mimeType', 'responseMimeType'],
	['BLOCK_HIGH_AND_ABOVE', 'BLOCK_ONLY_HIGH'],
	['1k', '1K'],
	['2k', '2K'],
	['4k', '4K'],
]);

function asGeminiSpells(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const spell = (value: unknown): unknown => {
		if (Array.isArray(value)) {
			return value.map(spell);
		}
		return isSettingObject(value)
			? asGeminiSpells(value)
			: typeof value === 'string'
				? (misspelled.get(value) ?? value)
				: value;
	};
	return Object.fromEntries(Object.entries(body).map(([name, value]) => [misspelled.get(name) ?? name, spell(value)]));
}
