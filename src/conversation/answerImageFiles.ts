import { randomUUID } from 'node:crypto';
import { Uri, workspace } from 'vscode';
import type { AnswerImages } from './conversation.ts';

const extensions: Readonly<Record<string, string>> = {
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/webp': 'webp',
	'image/gif': 'gif',
	'image/avif': 'avif',
};

/** The images that models drew, in a folder for each conversation: its saved state stays small, and so do messages. */
export class AnswerImageFiles implements AnswerImages {
	readonly #root: Uri;

	constructor(root: Uri) {
		this.#root = root;
	}

	folder(conversation: string): Uri {
		return Uri.joinPath(this.#root, conversation);
	}

	async keep(
		conversation: string,
		{ mediaType, bytes }: { readonly mediaType: string; readonly bytes: Uint8Array },
	): Promise<string> {
		const file = `${randomUUID()}.${extensions[mediaType] ?? 'png'}`;
		await workspace.fs.writeFile(Uri.joinPath(this.folder(conversation), file), bytes);
		return file;
	}

	async read(conversation: string, file: string): Promise<Uint8Array | undefined> {
		try {
			return await workspace.fs.readFile(Uri.joinPath(this.folder(conversation), file));
		} catch {
			return undefined;
		}
	}

	/** For a conversation that is copied. */
	async copy(from: string, to: string): Promise<void> {
		try {
			await workspace.fs.copy(this.folder(from), this.folder(to));
		} catch {
			// Without images there is no folder.
		}
	}
}
