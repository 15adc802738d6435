/** Why there is no (whole) answer. The host's table `src/failures/` has a sentence for each. */
export type FailureKind =
	| 'auth'
	| 'permission'
	| 'balance'
	| 'region'
	| 'quota'
	| 'rate'
	| 'blocked'
	| 'context-length'
	| 'unsupported-parameter'
	| 'image-rejected'
	| 'model-not-found'
	| 'not-found'
	| 'too-large'
	| 'bad-request'
	| 'overloaded'
	| 'server'
	| 'network'
	| 'timeout'
	| 'truncated'
	| 'empty'
	| 'invalid-response';

export interface FailureDetails {
	readonly kind: FailureKind;
	/** HTTP status, when there was one. */
	readonly status?: number | undefined;
	/** The server's own words, secrets and long base64 removed. */
	readonly serverMessage?: string | undefined;
	readonly requestId?: string | undefined;
	/** Milliseconds the server asks to wait. */
	readonly retryAfter?: number | undefined;
	/** The system's word for what broke, e.g. `ECONNREFUSED`, or which timer ran out. */
	readonly code?: string | undefined;
	/** Set where the server, or the case, knows better than the kind. */
	readonly retryable?: boolean | undefined;
	readonly cause?: unknown;
}

/** Kinds that a second try, unchanged, may mend. */
const retryable: ReadonlySet<FailureKind> = new Set([
	'rate',
	'overloaded',
	'server',
	'network',
	'timeout',
	'truncated',
	'empty',
]);

/** The only error that the client throws for an answer that did not come; an abort stays an `AbortError`. */
export class Failure extends Error {
	override readonly name = 'Failure';
	readonly kind: FailureKind;
	readonly status: number | undefined;
	readonly serverMessage: string | undefined;
	readonly requestId: string | undefined;
	readonly retryAfter: number | undefined;
	readonly code: string | undefined;
	readonly retryable: boolean;

	constructor(details: FailureDetails) {
		super(details.serverMessage ?? details.kind, { cause: details.cause });
		this.kind = details.kind;
		this.status = details.status;
		this.serverMessage = details.serverMessage;
		this.requestId = details.requestId;
		this.retryAfter = details.retryAfter;
		this.code = details.code;
		this.retryable = details.retryable ?? retryable.has(details.kind);
	}

	/** The same failure, with another time to wait, in ms. */
	waiting(retryAfter: number): Failure {
		const { kind, status, serverMessage, requestId, code, retryable, cause } = this;
		return new Failure({ kind, status, serverMessage, requestId, code, retryable, cause, retryAfter });
	}
}
