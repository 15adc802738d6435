import { encode, operation } from './chatCompletions.ts';
import { interpret } from './chatCompletionsAnswer.ts';
import type { Endpoint } from './endpoint.ts';
import type { JsonObject } from './json.ts';
import type { Request } from './request.ts';
import type { Transcript } from './transcript.ts';

/** How a kind of server is asked, and how its answers read. */
export interface Protocol {
	/** Path under the base URL. */
	readonly operation: string;
	/** The JSON body, with a `Base64Text` for each file. */
	readonly encode: (request: Request, hostname: string) => JsonObject;
	/** Writes what one object of a response says; returns whether it was part of an answer. Throws its error. */
	readonly interpret: (payload: JsonObject, transcript: Transcript, key?: string) => boolean;
}

export const protocols: Readonly<Record<Endpoint['protocol'], Protocol>> = {
	'chat-completions': { operation, encode, interpret },
};
