import { createHash } from 'node:crypto';
import { EventEmitter, type Memento, type Uri } from 'vscode';

const key = 'decorative';

/**
 * Images that the user marked as decorative. Markdown's `![](x)` cannot say whether its author forgot the alt text or
 * decided that there is none, so the decision is kept with the workspace.
 */
export class Decisions {
	readonly #memento: Memento;
	readonly #changed = new EventEmitter<Uri>();
	readonly onDidChange = this.#changed.event;

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	isDecorative(document: Uri, target: string): boolean {
		return this.#all().includes(entryOf(document, target));
	}

	async markDecorative(document: Uri, target: string): Promise<void> {
		await this.#memento.update(key, [...new Set([...this.#all(), entryOf(document, target)])]);
		this.#changed.fire(document);
	}

	dispose(): void {
		this.#changed.dispose();
	}

	#all(): readonly string[] {
		return this.#memento.get<readonly string[]>(key, []);
	}
}

/** In characters; what is longer is an embedded picture, and kept by its digest. */
const longestTarget = 2000;

function entryOf(document: Uri, target: string): string {
	const name = target.length > longestTarget ? createHash('sha256').update(target).digest('base64') : target;
	return `${document.toString()} ${name}`;
}
