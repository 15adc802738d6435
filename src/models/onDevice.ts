import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Disposable, Uri } from 'vscode';
import type { AttachmentReader } from '../attachments/index.ts';
import type { Model } from './model.ts';

/** The readers that run on this device, each loaded on first use. */
export class OnDevice implements Disposable {
	readonly #extensionUri: Uri;
	#reader: Promise<AttachmentReader> | undefined;

	constructor(extensionUri: Uri) {
		this.#extensionUri = extensionUri;
	}

	/** Reads images and PDFs, for every model. */
	reader(): Promise<AttachmentReader> {
		this.#reader ??= import('../attachments/index.ts').then(({ createAttachmentReader }) =>
			createAttachmentReader(pathToFileURL(join(this.#extensionUri.fsPath, 'dist', 'workers', '/'))),
		);
		return this.#reader;
	}

	/** The model `device/text`. */
	async model(): Promise<Model> {
		const [{ deviceModel }, { localDeviceWords }, reader] = await Promise.all([
			import('./device.ts'),
			import('./localDeviceWords.ts'),
			this.reader(),
		]);
		return deviceModel({ readText: reader.readText, words: localDeviceWords });
	}

	dispose(): void {
		void this.#reader?.then((reader) => reader.dispose());
	}
}
