import { FileType, Uri, workspace } from 'vscode';
import type { ConversationState } from './messages.ts';

/** Panels that a reload brings back are few; what is older belongs to panels closed while VS Code was not looking. */
const kept = 50;

/** Conversations on disk, one JSON file each, so that a reload shows them without asking a model again. */
export class ConversationStore {
	readonly #folder: Uri;

	constructor(storage: Uri) {
		this.#folder = Uri.joinPath(storage, 'conversations');
	}

	async save(state: ConversationState): Promise<void> {
		await workspace.fs.writeFile(this.#file(state.id), new TextEncoder().encode(JSON.stringify(state)));
	}

	/** Undefined when there is none, or none that can be read. */
	async load(id: string): Promise<ConversationState | undefined> {
		try {
			const text = new TextDecoder().decode(await workspace.fs.readFile(this.#file(id)));
			return JSON.parse(text) as ConversationState;
		} catch {
			return undefined;
		}
	}

	async remove(id: string): Promise<void> {
		try {
			await workspace.fs.delete(this.#file(id));
		} catch {
			// Never saved, or removed by another window.
		}
	}

	/** Removes all but the newest. */
	async prune(): Promise<void> {
		const files = await this.#filesByAge();
		await Promise.all(files.slice(kept).map((uri) => workspace.fs.delete(uri)));
	}

	async #filesByAge(): Promise<readonly Uri[]> {
		await workspace.fs.createDirectory(this.#folder);
		const entries = await workspace.fs.readDirectory(this.#folder);
		const dated = await Promise.all(
			entries
				.filter(([, type]) => type === FileType.File)
				.map(async ([name]) => {
					const uri = Uri.joinPath(this.#folder, name);
					return { uri, time: (await workspace.fs.stat(uri)).mtime };
				}),
		);
		return dated.sort((one, other) => other.time - one.time).map(({ uri }) => uri);
	}

	#file(id: string): Uri {
		return Uri.joinPath(this.#folder, `${id}.json`);
	}
}
