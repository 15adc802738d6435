import { operationUrl } from './transport/baseUrl.ts';
import { encode as encodeChat, operation } from './chatCompletions/encode.ts';
import { interpret as interpretChat } from './chatCompletions/interpret.ts';
import type { Endpoint } from './endpoint.ts';
import { encode as encodeGemini } from './gemini/encode.ts';
import { interpret as interpretGemini } from './gemini/interpret.ts';
import { answerUrl } from './gemini/url.ts';
import type { JsonObject } from './json.ts';
import type { Request } from './request.ts';
import type { Transcript } from './transcript/transcript.ts';

/** How a kind of server is asked, and how its answers read. */
export interface Protocol {
	/** Where a request goes under the base URL. */
	readonly url: (baseUrl: string, request: Request) => URL;
	/** The JSON body, with a `Base64Text` for each file. */
	readonly encode: (request: Request, hostname: string) => JsonObject;
	/** Writes what one object of a response says; returns whether it was part of an answer. Throws its error. */
	readonly interpret: (payload: JsonObject, transcript: Transcript, key?: string) => boolean;
	/**
	 * Whether little more comes after a finish. If not, the answer ends with its bytes: a finish may stand in every event
	 * (protocols.md 0, "End of stream").
	 */
	readonly finishIsLast: boolean;
}

export const protocols: Readonly<Record<Endpoint['protocol'], Protocol>> = {
	'chat-completions': {
		url: (baseUrl) => operationUrl(baseUrl, operation),
		encode: encodeChat,
		interpret: interpretChat,
		finishIsLast: true,
	},
	gemini: {
		url: (baseUrl, { model, parameters }) => answerUrl(baseUrl, model, parameters?.stream ?? true),
		encode: encodeGemini,
		interpret: interpretGemini,
		finishIsLast: false,
	},
};
