import type { Endpoint } from '../../client/endpoint.ts';
import type { Parameters } from '../../client/request.ts';
import type { Timers } from '../../client/transport/timers.ts';

/** An endpoint by name, as settings or a preset describe it. */
export interface NamedEndpoint extends Endpoint {
	readonly name: string;
	/** The environment variable that may hold its key, where no key is stored. */
	readonly keyVariable?: string;
	/** Offered before the server has listed its models. */
	readonly defaultModel?: string;
	/** Its own `request`: each member wins over that of `descry.request`. */
	readonly parameters?: Parameters;
	/** How long to wait for it, ms; what is left out is as for any other. */
	readonly timers?: Partial<Timers>;
}

/** Endpoints that need no settings; an entry of `descry.endpoints` with the same name replaces one. */
export const presets: readonly NamedEndpoint[] = [
	{
		name: 'maxtoken',
		protocol: 'chat-completions',
		baseUrl: 'https://api.maxtoken.io/v1',
		auth: 'bearer',
		keyVariable: 'MAXTOKEN_API_KEY',
		defaultModel: 'gemini-2.0-flash',
	},
	{
		name: 'maxtoken-gemini',
		protocol: 'gemini',
		baseUrl: 'https://api.maxtoken.io',
		auth: 'bearer',
		keyVariable: 'MAXTOKEN_API_KEY',
		defaultModel: 'gemini-3.1-flash-lite-preview',
	},
	{
		name: 'anyfast',
		protocol: 'chat-completions',
		baseUrl: 'https://www.anyfast.ai/v1',
		auth: 'bearer',
		keyVariable: 'ANYFAST_API_KEY',
		defaultModel: 'gemini-2.5-flash',
	},
	{
		name: 'openai',
		protocol: 'chat-completions',
		baseUrl: 'https://api.openai.com/v1',
		auth: 'bearer',
		keyVariable: 'OPENAI_API_KEY',
		defaultModel: 'gpt-4o',
	},
	{
		name: 'google',
		protocol: 'gemini',
		baseUrl: 'https://generativelanguage.googleapis.com',
		auth: 'x-goog-api-key',
		keyVariable: 'GEMINI_API_KEY',
		defaultModel: 'gemini-3.6-flash',
	},
	{
		name: 'openrouter',
		protocol: 'chat-completions',
		baseUrl: 'https://openrouter.ai/api/v1',
		auth: 'bearer',
		keyVariable: 'OPENROUTER_API_KEY',
	},
	{ name: 'ollama', protocol: 'chat-completions', baseUrl: 'http://127.0.0.1:11434/v1', auth: 'none' },
	{ name: 'lmstudio', protocol: 'chat-completions', baseUrl: 'http://127.0.0.1:1234/v1', auth: 'none' },
];
