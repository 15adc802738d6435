import type { Attachment, Picture } from '../attachments/attachment.ts';
import type { OpenedFile, OpenFile } from '../attachments/open.ts';
import type { AttachmentState } from './messages.ts';
import { untilAborted } from './untilAborted.ts';

export interface SizedFile {
	readonly name: string;
	/** Bytes */
	readonly size: number;
	readonly uri: string;
}

/** What can be sent, each with what the user is told of it before. */
export interface ReadFiles {
	readonly attachments: readonly Attachment[];
	readonly files: readonly SizedFile[];
}

export interface FileServices {
	readonly open: OpenFile;
	readonly detail: (attachment: Attachment) => string;
	readonly fileFailure: (error: unknown) => string;
}

/** A conversation's files, each opened once for all its turns. */
export class ConversationFiles {
	readonly #services: FileServices;
	readonly #learned: (uri: string, change: Partial<AttachmentState>) => void;
	readonly #lifetime: AbortSignal;
	readonly #opened = new Map<string, Promise<OpenedFile>>();

	/** `learned` hears what is known of a file as soon as it is. */
	constructor(
		services: FileServices,
		learned: (uri: string, change: Partial<AttachmentState>) => void,
		lifetime: AbortSignal,
	) {
		this.#services = services;
		this.#learned = learned;
		this.#lifetime = lifetime;
	}

	/** Reads every file that can be; fails when none can. */
	async readAll(files: readonly AttachmentState[], signal: AbortSignal): Promise<ReadFiles> {
		const read = await Promise.all(files.map((file) => this.#read(file, signal)));
		signal.throwIfAborted();
		const good = read.filter((result) => result.kind === 'read');
		const failed = read.find((result) => result.kind === 'failed');
		if (good.length === 0 && failed) {
			throw failed.error;
		}
		return { attachments: good.map(({ attachment }) => attachment), files: good.map(({ file }) => file) };
	}

	/** So that the next question reads them anew: the user may have mended or changed them. */
	forget(): void {
		this.#opened.clear();
	}

	async #read(
		{ uri, name }: AttachmentState,
		signal: AbortSignal,
	): Promise<
		| { readonly kind: 'read'; readonly attachment: Attachment; readonly file: SizedFile }
		| { readonly kind: 'failed'; readonly error: unknown }
	> {
		try {
			const opened = await untilAborted(this.#open(uri), signal);
			const attachment = await untilAborted(opened.attachment, signal);
			return { kind: 'read', attachment, file: { name, size: opened.size, uri } };
		} catch (error) {
			return { kind: 'failed', error };
		}
	}

	#open(uri: string): Promise<OpenedFile> {
		const known = this.#opened.get(uri);
		if (known) {
			return known;
		}
		const opening = this.#services.open(uri, this.#lifetime);
		this.#opened.set(uri, opening);
		opening
			.then(async ({ thumbnail, attachment }) => {
				void thumbnail.then((picture) => {
					if (picture) {
						this.#learned(uri, { thumbnail: dataUrl(picture) });
					}
				});
				const ready = await attachment;
				this.#learned(uri, { detail: this.#services.detail(ready), kind: ready.kind, failure: undefined });
			})
			.catch((error: unknown) => {
				if (!this.#lifetime.aborted && this.#opened.get(uri) === opening) {
					this.#learned(uri, { failure: this.#services.fileFailure(error) });
				}
			});
		return opening;
	}
}

function dataUrl({ mediaType, bytes }: Picture): string {
	return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}
