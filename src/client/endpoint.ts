/** A server as the client sees it: where it is, what it speaks, how it wants the key. */
export interface Endpoint {
	readonly protocol: 'chat-completions';
	/** As people paste it: with or without `/v1`, `/chat/completions` or a trailing slash. */
	readonly baseUrl: string;
	readonly auth: 'bearer' | 'none';
	readonly headers?: Readonly<Record<string, string>>;
}
