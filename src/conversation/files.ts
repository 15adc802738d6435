import type { Attachment, Picture } from '../attachments/attachment.ts';
import { AttachmentFailure } from '../attachments/attachmentFailure.ts';
import type { FileOpener, OpenedUri } from '../attachments/open.ts';
import { addressOf, type NumberedAddress } from '../attachments/web/address.ts';
import type { Fetched } from '../attachments/web/remote.ts';
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
	/** Those that were not read: the model's server is to fetch them. */
	readonly addresses: readonly NumberedAddress[];
	/** Names of those that were written since an earlier question, and read anew. */
	readonly changed: readonly string[];
}

export interface FileServices extends Pick<FileOpener, 'open' | 'refuseExcluded'> {
	readonly detail: (attachment: Attachment) => string;
	/** Says that only the address is sent. */
	readonly addressDetail: () => string;
	/** How much has come of what is fetched. */
	readonly fetchedDetail: (fetched: Fetched) => string;
	readonly fileFailure: (error: unknown) => string;
}

interface Opening {
	readonly file: Promise<OpenedUri>;
	/** Ends it while it is under way. */
	readonly stop: AbortController;
	isDone: boolean;
	failure: unknown;
}

type ReadFile =
	| { readonly kind: 'read'; readonly attachment: Attachment; readonly file: SizedFile; readonly isChanged: boolean }
	| { readonly kind: 'address'; readonly address: NumberedAddress }
	| { readonly kind: 'failed'; readonly error: unknown };

/** A conversation's files, each opened once for all its turns, and again where it was written or kept back since. */
export class ConversationFiles {
	readonly #services: FileServices;
	readonly #learned: (uri: string, change: Partial<AttachmentState>) => void;
	readonly #lifetime: AbortSignal;
	readonly #opened = new Map<string, Opening>();
	readonly #sendings = new WeakMap<Attachment, Attachment>();

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

	/** Reads every file that can be and was not removed; fails when none can. */
	async readAll(files: readonly AttachmentState[], signal: AbortSignal): Promise<ReadFiles> {
		this.#dropFailed();
		const read = await Promise.all(
			files.flatMap((file, index) => (file.isRemoved ? [] : [this.#read(file, index + 1, signal)])),
		);
		signal.throwIfAborted();
		const good = read.filter((result) => result.kind === 'read');
		const addresses = read.flatMap((result) => (result.kind === 'address' ? result.address : []));
		const failed = read.find((result) => result.kind === 'failed');
		if (good.length === 0 && addresses.length === 0 && failed) {
			throw failed.error;
		}
		return {
			attachments: good.map(({ attachment }) => attachment),
			files: good.map(({ file }) => file),
			addresses,
			changed: good.flatMap(({ file, isChanged }) => (isChanged ? file.name : [])),
		};
	}

	/** So that the next question reads them anew: the user may have mended or changed them. */
	forget(): void {
		this.#opened.forEach(({ stop }) => stop.abort());
		this.#opened.clear();
	}

	async #read(file: AttachmentState, number: number, signal: AbortSignal): Promise<ReadFile> {
		const { uri, name } = file;
		if (file.byAddress) {
			return this.#address(uri, number);
		}
		const known = this.#opened.get(uri);
		const isChanged = known?.isDone === true && (await untilAborted(this.#dropChanged(uri, known), signal));
		const opening = this.#open(uri);
		try {
			const opened = await untilAborted(opening.file, signal);
			const attachment = this.#sending(await untilAborted(opened.attachment, signal), file, number);
			return { kind: 'read', attachment, file: { name, size: opened.size, uri }, isChanged };
		} catch (error) {
			if (signal.aborted && !opening.isDone) {
				// What still came from the web would come for nobody.
				opening.stop.abort();
				this.#opened.delete(uri);
				this.#learned(uri, { detail: '' });
			}
			return { kind: 'failed', error };
		}
	}

	async #address(uri: string, number: number): Promise<ReadFile> {
		try {
			await this.#services.refuseExcluded(uri);
			// Its kind stays unknown: what the panel offers for images would read it here.
			this.#learned(uri, { detail: this.#services.addressDetail(), failure: undefined });
			return { kind: 'address', address: { ...addressOf(new URL(uri)), number } };
		} catch (error) {
			this.#learned(uri, { failure: this.#services.fileFailure(error) });
			return { kind: 'failed', error };
		}
	}

	/** What could not be read may be mended, or back; who gave no password is not asked again beside others that can be read. */
	#dropFailed(): void {
		const hasRead = [...this.#opened.values()].some(({ isDone }) => isDone);
		for (const [uri, { failure }] of this.#opened) {
			if (failure !== undefined && !(hasRead && isLocked(failure))) {
				this.#opened.delete(uri);
			}
		}
	}

	/** True where what was read is no longer as it was, or no longer to be read: it is to be opened anew. */
	async #dropChanged(uri: string, known: Opening): Promise<boolean> {
		const isCurrent = await (await known.file).isCurrent();
		if (!isCurrent && this.#opened.get(uri) === known) {
			this.#opened.delete(uri);
		}
		return !isCurrent;
	}

	/** The attachment as it is sent: the same each time, so that who reads it need not do so again. */
	#sending(attachment: Attachment, { sendsStrip }: AttachmentState, number: number): Attachment {
		const known = this.#sendings.get(attachment);
		const sends = attachment.kind === 'image' && sendsStrip ? ('strip' as const) : undefined;
		if (known?.number === number && (known.kind === 'pdf' || known.sends === sends)) {
			return known;
		}
		const sending = attachment.kind === 'image' && sends ? { ...attachment, number, sends } : { ...attachment, number };
		this.#sendings.set(attachment, sending);
		return sending;
	}

	#open(uri: string): Opening {
		const known = this.#opened.get(uri);
		if (known) {
			return known;
		}
		const stop = new AbortController();
		const told = (fetched: Fetched): void => this.#learned(uri, { detail: this.#services.fetchedDetail(fetched) });
		const file = this.#services.open(uri, AbortSignal.any([this.#lifetime, stop.signal]), told);
		const opening: Opening = { file, stop, isDone: false, failure: undefined };
		this.#opened.set(uri, opening);
		file
			.then(async ({ thumbnail, attachment }) => {
				void thumbnail.then((picture) => {
					if (picture) {
						this.#learned(uri, { thumbnail: dataUrl(picture) });
					}
				});
				const ready = await attachment;
				opening.isDone = true;
				this.#learned(uri, {
					detail: this.#services.detail(ready),
					kind: ready.kind,
					frameCount: ready.kind === 'image' ? ready.motion?.frameCount : undefined,
					failure: undefined,
				});
			})
			.catch((error: unknown) => {
				if (!this.#lifetime.aborted && this.#opened.get(uri) === opening) {
					opening.failure = error;
					this.#learned(uri, { failure: this.#services.fileFailure(error) });
				}
			});
		return opening;
	}
}

function isLocked(error: unknown): boolean {
	return error instanceof AttachmentFailure && (error.kind === 'locked' || error.kind === 'wrong-password');
}

function dataUrl({ mediaType, bytes }: Picture): string {
	return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}
