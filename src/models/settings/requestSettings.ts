import type { ImageOutput, Parameters, SafetySetting, Thinking, WebSearch } from '../../client/request.ts';
import {
	flag,
	folded,
	isSettingObject,
	list,
	members,
	mistaken,
	number,
	oneOf,
	type Reader,
	type SettingMistake,
	type SettingObject,
	text,
} from './settingReader.ts';

/** What models are asked for, by the user's settings: what could be read, and what could not. */
export interface RequestSettings {
	readonly parameters: Parameters;
	readonly mistakes: readonly SettingMistake[];
}

/** Reads `descry.request`, or an endpoint's own `request`, as written in this extension's words or in a protocol's. */
export function readRequestSettings(setting: unknown, path: readonly string[] = []): RequestSettings {
	const mistakes: SettingMistake[] = [];
	const parameters = setting === undefined ? {} : (parametersOf(setting, { path, mistakes }) ?? {});
	return { parameters, mistakes };
}

const levels = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

const thinking: Reader<Thinking> = members<Thinking>(
	{
		level: oneOf(levels, { off: 'none', extrahigh: 'xhigh', maximum: 'max' }),
		budget: number(-1, 1_000_000, { whole: true }),
		include: flag,
	},
	renaming({ thinkinglevel: 'level', effort: 'level', thinkingbudget: 'budget', includethoughts: 'include' }),
);

const thresholds = ['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'] as const;

const safetyMembers = members<SafetySetting>({
	category: text({ kind: 'text' }, /^HARM_CATEGORY_[A-Z_]+$/, (category) => {
		const name = category.toUpperCase().replaceAll(/[\s-]+/g, '_');
		return name.startsWith('HARM_CATEGORY_') ? name : `HARM_CATEGORY_${name}`;
	}),
	threshold: oneOf<string>(thresholds, {
		// What maxtoken.io's page calls it (protocols.md 1.2).
		blockhighandabove: 'BLOCK_ONLY_HIGH',
		none: 'BLOCK_NONE',
	}),
});

const safetySetting: Reader<SafetySetting> = (value, place) => {
	const told = place.mistakes.length;
	const { category, threshold } = safetyMembers(value, place) ?? {};
	if (category !== undefined && threshold !== undefined) {
		return { category, threshold };
	}
	return place.mistakes.length > told ? null : mistaken(place, { kind: 'both', names: ['category', 'threshold'] });
};

const time: Reader<string> = (value, place) => {
	const isTime =
		typeof value === 'string' &&
		/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/i.test(value) &&
		!Number.isNaN(Date.parse(value));
	return isTime ? value : mistaken(place, { kind: 'time' });
};

const searchMembers = members<WebSearch>({ enabled: flag, startTime: time, endTime: time }, (search) => {
	const [range] = Object.entries(search).flatMap(([name, value]) =>
		folded(name) === 'timerangefilter' ? [value] : [],
	);
	const rest = Object.entries(search).filter(([, value]) => value !== range || range === undefined);
	return isSettingObject(range) ? { ...range, ...Object.fromEntries(rest) } : search;
});

/** On for whoever writes of it, unless it says `enabled: false`. A time range needs both ends (protocols.md 1.2). */
const webSearch: Reader<WebSearch> = (value, place) => {
	if (typeof value === 'boolean') {
		return { enabled: value };
	}
	const told = place.mistakes.length;
	const search = searchMembers(value, place);
	if (!search) {
		return null;
	}
	const { enabled = true, startTime, endTime } = search;
	if (startTime !== undefined && endTime !== undefined) {
		return { enabled, startTime, endTime };
	}
	if ((startTime ?? endTime) !== undefined && place.mistakes.length === told) {
		mistaken(place, { kind: 'both', names: ['startTime', 'endTime'] });
	}
	return { enabled };
};

const outputMembers = members<ImageOutput>({
	aspectRatio: text({ kind: 'ratio' }, /^[1-9]\d?:[1-9]\d?$/, (ratio) => ratio.replace(/\s*[x×/:]\s*/, ':')),
	imageSize: oneOf(['512', '1K', '2K', '4K']),
});

const imageOutput: Reader<ImageOutput> = (value, place) => (value === true ? {} : outputMembers(value, place));

const stopSequence: Reader<string> = (value, place) =>
	typeof value === 'string' && value !== '' ? value : mistaken(place, { kind: 'text' });

const parametersOf = members<Parameters>(
	{
		temperature: number(0, 2),
		topP: number(0, 1),
		topK: number(1, 1000, { whole: true }),
		maxOutputTokens: number(1, 10_000_000, { whole: true }),
		stopSequences: list(stopSequence),
		seed: number(-(2 ** 31), 2 ** 31 - 1, { whole: true }),
		stream: flag,
		thinking,
		safety: list(safetySetting),
		mediaResolution: oneOf(['low', 'medium', 'high', 'ultra-high'], {
			mediaresolutionlow: 'low',
			mediaresolutionmedium: 'medium',
			mediaresolutionhigh: 'high',
			mediaresolutionultrahigh: 'ultra-high',
		}),
		imageDetail: oneOf(['auto', 'low', 'high', 'original']),
		webSearch,
		imageOutput,
	},
	translate,
);

/** What the protocols' own documents call a parameter, folded, in this extension's words. */
const translations: ReadonlyMap<string, (value: unknown) => SettingObject> = new Map([
	['generationconfig', (value) => (isSettingObject(value) ? translate(value) : { generationConfig: value })],
	['maxtokens', (maxOutputTokens) => ({ maxOutputTokens })],
	['maxcompletiontokens', (maxOutputTokens) => ({ maxOutputTokens })],
	['stop', (stopSequences) => ({ stopSequences })],
	['thinkingconfig', (value) => ({ thinking: value })],
	['thinking', (value) => ({ thinking: typeof value === 'string' ? { level: value } : value })],
	['reasoning', (value) => ({ thinking: value })],
	['reasoningeffort', (level) => ({ thinking: { level } })],
	['thinkinglevel', (level) => ({ thinking: { level } })],
	['thinkingbudget', (budget) => ({ thinking: { budget } })],
	['includethoughts', (include) => ({ thinking: { include } })],
	['safetysettings', (safety) => ({ safety })],
	['detail', (imageDetail) => ({ imageDetail })],
	['googlesearch', (search) => ({ webSearch: search })],
	['tools', toolsIn],
	['imageconfig', (value) => ({ imageOutput: value })],
	['imagesize', (imageSize) => ({ imageOutput: { imageSize } })],
	['aspectratio', (aspectRatio) => ({ imageOutput: { aspectRatio } })],
	['responsemodalities', modalitiesIn],
] satisfies readonly (readonly [string, (value: unknown) => SettingObject])[]);

function translate(setting: SettingObject): SettingObject {
	const translated = Object.entries(setting).map(
		([name, value]) => translations.get(folded(name))?.(value) ?? { [name]: value },
	);
	// Parts of one member come from several: `reasoning_effort` beside `thinking`.
	return translated.reduce<SettingObject>((whole, part) => Object.fromEntries(merged(whole, part)), {});
}

function* merged(whole: SettingObject, part: SettingObject): Generator<[string, unknown]> {
	yield* Object.entries(whole);
	for (const [name, value] of Object.entries(part)) {
		const before = Object.hasOwn(whole, name) ? whole[name] : undefined;
		yield [name, isSettingObject(before) && isSettingObject(value) ? { ...before, ...value } : value];
	}
}

/** `[{"googleSearch": {}}]`; other tools are none that Descry has a use for. */
function toolsIn(value: unknown): SettingObject {
	const tools = Array.isArray(value) ? value : [value];
	const isSearch = (tool: unknown): tool is SettingObject =>
		isSettingObject(tool) && Object.keys(tool).every((name) => folded(name) === 'googlesearch');
	const searches = tools.filter(isSearch).flatMap((tool) => Object.values(tool));
	return searches.length === 1 && searches.length === tools.length ? { webSearch: searches[0] } : { tools: value };
}

/** Asking for images is what `imageOutput` stands for; text always comes. */
function modalitiesIn(value: unknown): SettingObject {
	const words: readonly unknown[] = Array.isArray(value) ? value : [value];
	const known = words.every((word) => typeof word === 'string' && /^(?:text|image)$/i.test(word));
	if (!known) {
		return { responseModalities: value };
	}
	return words.some((word) => /image/i.test(String(word))) ? { imageOutput: {} } : {};
}

function renaming(names: Readonly<Record<string, string>>): (object: SettingObject) => SettingObject {
	const byFolded = new Map(Object.entries(names));
	return (object) =>
		Object.fromEntries(Object.entries(object).map(([name, value]) => [byFolded.get(folded(name)) ?? name, value]));
}
