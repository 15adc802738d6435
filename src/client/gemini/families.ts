/** What a Gemini model's name tells of what it takes (protocols.md 1.2). */
export interface GeminiModel {
	/** Has no system instruction and no JSON mode. */
	readonly gemma: boolean;
	/** E.g. 2.5; undefined for names that tell none, such as `gemini-flash-latest`. */
	readonly generation: number | undefined;
	/** How much it thinks is told by one of these, or not at all. */
	readonly thinking: ThinkingControl;
}

export type ThinkingControl =
	| { readonly by: 'nothing' }
	/** In tokens. `off` is whether 0 turns it off. */
	| { readonly by: 'budget'; readonly least: number; readonly most: number; readonly off: boolean }
	/** From the least to the most. */
	| { readonly by: 'level'; readonly levels: readonly ThinkingLevel[] };

export type ThinkingLevel = 'minimal' | 'low' | 'medium' | 'high';

const all = ['minimal', 'low', 'medium', 'high'] as const;

/** The first that fits wins. */
const controls: readonly { readonly name: RegExp; readonly thinking: ThinkingControl }[] = [
	// New-API takes these endings off and asks for thinking itself.
	{ name: /-(?:no)?thinking(?:-\d+)?$/, thinking: { by: 'nothing' } },
	{ name: /gemma|gemini-(?:pro|exp|1\.|2\.0)(?!.*latest)|gemini-2\.5.*image/, thinking: { by: 'nothing' } },
	{ name: /gemini-2\.5-pro/, thinking: { by: 'budget', least: 128, most: 32_768, off: false } },
	{ name: /gemini-2\.5-flash-lite/, thinking: { by: 'budget', least: 512, most: 24_576, off: true } },
	{ name: /gemini-2\.5/, thinking: { by: 'budget', least: 1, most: 24_576, off: true } },
	{ name: /gemini-3-pro/, thinking: { by: 'level', levels: ['low', 'high'] } },
	{ name: /gemini-[\d.]+-pro|gemini-pro-latest/, thinking: { by: 'level', levels: ['low', 'medium', 'high'] } },
];

/** Of a name with or without prefixes, e.g. `models/gemini-2.5-flash` or `google/gemini-3-pro-preview`. */
export function geminiModel(name: string): GeminiModel {
	const lower = name.toLowerCase();
	const generation = /gemini-(\d+(?:\.\d+)?)/.exec(lower)?.[1];
	return {
		gemma: /(?:^|\/)gemma/.test(lower),
		generation: generation === undefined ? undefined : Number(generation),
		thinking: controls.find((control) => control.name.test(lower))?.thinking ?? { by: 'level', levels: all },
	};
}
