/** A server as the client sees it: where it is, what it speaks, how it wants the key. */
export interface Endpoint {
	readonly protocol: 'chat-completions' | 'gemini';
	/** As people paste it: with or without version, operation, model or a trailing slash. */
	readonly baseUrl: string;
	readonly auth: 'bearer' | 'x-goog-api-key' | 'api-key' | 'none';
	readonly headers?: Readonly<Record<string, string>>;
	/** Members of the request's JSON body that this client does not know by name; see `withExtraBody`. */
	readonly extraBody?: Readonly<Record<string, unknown>>;
}
