import { AttachmentFailure } from '../attachmentFailure.ts';

/**
 * Asks a person for the password of a PDF; undefined when they give none, or the signal aborts.
 * @param wrong Whether one was given before that did not open it.
 */
export type AskPassword = (name: string, wrong: boolean, signal: AbortSignal) => Promise<string | undefined>;

/** How often a person is asked for one file. */
const tries = 3;

/** Opens locked PDFs. Passwords are kept until the window closes, in memory and nowhere else. */
export class PdfPasswords {
	readonly #ask: AskPassword;
	readonly #known = new Set<string>();
	/** Settles when nobody is being asked. */
	#turn: Promise<void> = Promise.resolve();

	constructor(ask: AskPassword) {
		this.#ask = ask;
	}

	/**
	 * @param read Fails with `locked` or `wrong-password` when it takes another password.
	 * @returns What `read` does; fails as it does, with `locked` when no password was given.
	 */
	async open<Value>(
		name: string,
		read: (options: { readonly password?: string }) => Promise<Value>,
		signal: AbortSignal,
	): Promise<Value> {
		try {
			return await read({});
		} catch (error) {
			if (!isLocked(error)) {
				throw error;
			}
			// One question at a time: a second box would close the first.
			const opened = this.#turn.then(() => this.#unlock(name, read, signal));
			this.#turn = opened.then(
				() => undefined,
				() => undefined,
			);
			return (await opened) ?? rethrow(error);
		}
	}

	/** Undefined when no password was given. */
	async #unlock<Value>(
		name: string,
		read: (options: { readonly password: string }) => Promise<Value>,
		signal: AbortSignal,
	): Promise<Value | undefined> {
		// Papers that come together often share one.
		for (const password of this.#known) {
			const opened = await tryWith(read, password);
			if (opened) {
				return opened.value;
			}
		}
		for (let wrong = 0; wrong < tries; wrong++) {
			signal.throwIfAborted();
			const password = await this.#ask(name, wrong > 0, signal);
			signal.throwIfAborted();
			if (password === undefined) {
				return undefined;
			}
			const opened = await tryWith(read, password);
			if (opened) {
				this.#known.add(password);
				return opened.value;
			}
		}
		throw new AttachmentFailure('wrong-password');
	}
}

function rethrow(error: unknown): never {
	throw error;
}

async function tryWith<Value>(
	read: (options: { readonly password: string }) => Promise<Value>,
	password: string,
): Promise<{ readonly value: Value } | undefined> {
	try {
		return { value: await read({ password }) };
	} catch (error) {
		if (isLocked(error)) {
			return undefined;
		}
		throw error;
	}
}

function isLocked(error: unknown): boolean {
	return error instanceof AttachmentFailure && (error.kind === 'locked' || error.kind === 'wrong-password');
}
