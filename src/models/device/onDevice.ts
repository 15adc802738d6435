import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Disposable, l10n, type Uri } from 'vscode';
import type { AttachmentReader } from '../../attachments/index.ts';
import type { Model } from '../model.ts';

/** The readers that run on this device, each loaded on first use. */
export class OnDevice implements Disposable {
	readonly #extensionUri: Uri;
	readonly #storageUri: Uri;
	#reader: Promise<AttachmentReader> | undefined;

	/** @param storageUri The extension's own folder, for all windows. */
	constructor(extensionUri: Uri, storageUri: Uri) {
		this.#extensionUri = extensionUri;
		this.#storageUri = storageUri;
	}

	/** Reads images and PDFs, for every model. */
	reader(): Promise<AttachmentReader> {
		this.#reader ??= import('../../attachments/index.ts').then(({ createAttachmentReader }) =>
			createAttachmentReader(
				pathToFileURL(join(this.#extensionUri.fsPath, 'dist', 'workers', '/')),
				join(this.#storageUri.fsPath, 'pictures'),
			),
		);
		return this.#reader;
	}

	/** The model `device/text`. */
	async model(): Promise<Model> {
		const [{ deviceModel }, { deviceWords }, reader] = await Promise.all([
			import('./device.ts'),
			import('./deviceWords.ts'),
			this.reader(),
		]);
		return deviceModel({ readText: reader.readText, words: deviceWords(l10n) });
	}

	dispose(): void {
		void this.#reader?.then((reader) => reader.dispose());
	}
}
