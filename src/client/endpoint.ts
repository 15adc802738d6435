/** A server as the client sees it: where it is, what it speaks, how it wants the key. */
export interface Endpoint {
	readonly protocol: 'chat-completions';
	/** As people paste it: with or without `/v1`, `/chat/completions` or a trailing slash. */
	readonly baseUrl: string;
	readonly auth: 'bearer' | 'x-goog-api-key' | 'api-key' | 'none';
	readonly headers?: Readonly<Record<string, string>>;
	/** Members of the request's JSON body, merged in last: what this client does not know by name. */
	readonly extraBody?: Readonly<Record<string, unknown>>;
}
