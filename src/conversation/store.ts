import { type FileType, Uri, workspace } from 'vscode';
import { AnswerImageFiles } from './answerImageFiles.ts';
import type { ConversationState } from './messages.ts';
import { fromSaved } from './state.ts';

/** Panels that a reload brings back are few; what is older belongs to panels closed while VS Code was not looking. */
const kept = 50;

/** Images or a part without a saved conversation belong to one that is just beginning, or to a crash: ms. */
const longestRun = 24 * 60 * 60 * 1000;

/**
 * Conversations on disk, so that a reload shows them without asking a model again: one JSON file each, beside a folder
 * of the same name with the images that models drew.
 */
export class ConversationStore {
	readonly #folder: Uri;
	readonly images: AnswerImageFiles;

	constructor(storage: Uri) {
		this.#folder = Uri.joinPath(storage, 'conversations');
		this.images = new AnswerImageFiles(this.#folder);
	}

	/** Where all conversations are. */
	get folder(): Uri {
		return this.#folder;
	}

	/** A window that ends meanwhile leaves what was saved before. */
	async save(state: ConversationState): Promise<void> {
		const part = this.#part(state.id);
		await workspace.fs.writeFile(part, new TextEncoder().encode(JSON.stringify(state)));
		await workspace.fs.rename(part, this.#file(state.id), { overwrite: true });
	}

	/** Undefined when there is none, or none that can be read. */
	async load(id: string): Promise<ConversationState | undefined> {
		try {
			return fromSaved(new TextDecoder().decode(await workspace.fs.readFile(this.#file(id))));
		} catch {
			return undefined;
		}
	}

	async remove(id: string): Promise<void> {
		await Promise.all([this.#file(id), this.#part(id), this.images.folder(id)].map(removeAll));
	}

	/** Removes all but the newest. */
	async prune(): Promise<void> {
		await workspace.fs.createDirectory(this.#folder);
		const entries = await workspace.fs.readDirectory(this.#folder);
		const saved = await this.#byAge(entries.filter(([name]) => name.endsWith('.json')));
		const others = await this.#byAge(entries.filter(([name]) => !name.endsWith('.json')));
		const old = saved.slice(kept).map(({ name }) => idOf(name));
		const known = new Set(saved.map(({ name }) => idOf(name)));
		const orphans = others
			.filter(({ name, time }) => !known.has(idOf(name)) && time < Date.now() - longestRun)
			.map(({ name }) => idOf(name));
		await Promise.all([...old, ...orphans].map((id) => this.remove(id)));
	}

	/** Newest first. */
	async #byAge(
		entries: readonly (readonly [string, FileType])[],
	): Promise<readonly { readonly name: string; readonly time: number }[]> {
		const dated = await Promise.all(
			entries.map(async ([name]) => ({
				name,
				time: (await workspace.fs.stat(Uri.joinPath(this.#folder, name))).mtime,
			})),
		);
		return dated.sort((one, other) => other.time - one.time);
	}

	#file(id: string): Uri {
		return Uri.joinPath(this.#folder, `${id}.json`);
	}

	/** What is being written. */
	#part(id: string): Uri {
		return Uri.joinPath(this.#folder, `${id}.part`);
	}
}

/** Of a file or a folder. */
function idOf(name: string): string {
	return name.replace(/\.\w+$/, '');
}

async function removeAll(uri: Uri): Promise<void> {
	try {
		await workspace.fs.delete(uri, { recursive: true });
	} catch {
		// Never saved, or removed by another window.
	}
}
