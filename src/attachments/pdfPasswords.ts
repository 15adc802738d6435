import { AttachmentFailure } from './attachmentFailure.ts';

/**
 * Asks a person for the password of a PDF; undefined when they give none.
 * @param wrong Whether one was given before that did not open it.
 */
export type AskPassword = (name: string, wrong: boolean) => Promise<string | undefined>;

/** How often a person is asked for one file. */
const tries = 3;

/** Opens locked PDFs. Passwords are kept until the window closes, in memory and nowhere else. */
export class PdfPasswords {
	readonly #ask: AskPassword;
	readonly #known = new Set<string>();

	constructor(ask: AskPassword) {
		this.#ask = ask;
	}

	/**
	 * @param read Fails with `locked` or `wrong-password` when it takes another password.
	 * @returns What `read` does; fails as it does, with `locked` when no password was given.
	 */
	async open<Value>(name: string, read: (options: { readonly password?: string }) => Promise<Value>): Promise<Value> {
		let locked: unknown;
		try {
			return await read({});
		} catch (error) {
			if (!isLocked(error)) {
				throw error;
			}
			locked = error;
		}
		// Papers that come together often share one.
		for (const password of this.#known) {
			const opened = await tryWith(read, password);
			if (opened) {
				return opened.value;
			}
		}
		for (let wrong = 0; wrong < tries; wrong++) {
			const password = await this.#ask(name, wrong > 0);
			if (password === undefined) {
				throw locked;
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
