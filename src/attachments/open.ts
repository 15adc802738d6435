import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { Attachment, Picture } from './attachment.ts';
import { AttachmentFailure, type AttachmentFailureKind } from './attachmentFailure.ts';
import type { AttachmentReader } from './index.ts';
import { type AskPassword, PdfPasswords } from './pdf/pdfPasswords.ts';
import { isOnWeb, nameOfAddress } from './web/onWeb.ts';
import type { Fetched } from './web/remote.ts';

/** Bytes; a file is read as a whole, and beyond this no picture or PDF is worth the memory. */
const largestFile = 512 * 1024 * 1024;

/** A file read once: its thumbnail at once, the attachment when it is ready. */
export interface OpenedFile {
	/** Bytes */
	readonly size: number;
	/** Undefined when none can be made; the attachment then fails with the reason. */
	readonly thumbnail: Promise<Picture | undefined>;
	readonly attachment: Promise<Attachment>;
}

/** A file that may change while a conversation is about it. */
export interface OpenedUri extends OpenedFile {
	/** Whether it may still be read and is as it was. One that is gone counts as it was; on the web nobody looks. */
	readonly isCurrent: () => Promise<boolean>;
}

/** Reads files of any file system that VS Code knows. All fail with `AttachmentFailure`, or `AbortError`. */
export interface FileOpener {
	/** The file of a URI, given as `textOfUri` writes it, unless it is excluded. */
	readonly open: OpenFile;
	/** Fails when a file is excluded that somebody else is to read; given as `open` takes it. */
	readonly refuseExcluded: (uri: string) => Promise<void>;
	/** Fails when a file is excluded whose text would go along. */
	readonly refuseExcludedDocument: (document: Uri) => Promise<void>;
	/** What is in memory already, such as an image inside a document. */
	readonly openBytes: (name: string, bytes: Uint8Array, signal: AbortSignal) => Promise<OpenedFile>;
}

/** What is on the web is fetched anew each time; `told` hears how much of it has come. */
export type OpenFile = (uri: string, signal: AbortSignal, told?: (fetched: Fetched) => void) => Promise<OpenedUri>;

/**
 * @param askPassword For locked PDFs; see `PdfPasswords`.
 * @param isExcluded Whether a file is never to be read.
 */
export function createFileOpener(
	loadReader: () => Promise<AttachmentReader>,
	askPassword: AskPassword,
	isExcluded: (uri: Uri) => Promise<boolean>,
): FileOpener {
	const passwords = new PdfPasswords(askPassword);
	const openBytes: FileOpener['openBytes'] = async (name, bytes, signal) => {
		const [reader, { sniff }] = await Promise.all([loadReader(), import('./index.ts')]);
		signal.throwIfAborted();
		const { thumbnail, attachment } =
			sniff(bytes) === 'application/pdf'
				? openPdf(reader, passwords, name, bytes, signal)
				: openImage(reader, name, bytes, signal);
		// Whoever opened it may stop before it asks for the attachment.
		attachment.catch(() => undefined);
		return { size: bytes.length, thumbnail: thumbnail.catch(() => undefined), attachment };
	};
	const refuseExcluded: FileOpener['refuseExcluded'] = async (text) => {
		const uri = Uri.parse(text, true);
		if (await isExcluded(uri)) {
			throw new AttachmentFailure('excluded', uri.path);
		}
	};
	return {
		openBytes,
		refuseExcluded,
		refuseExcludedDocument: async (document) => {
			if (await isExcluded(document)) {
				throw new AttachmentFailure('excluded-document', document.path);
			}
		},
		open: async (text, signal, told) => {
			await refuseExcluded(text);
			const uri = Uri.parse(text, true);
			const opened = async (name: string, bytes: Uint8Array, isSame: () => Promise<boolean>): Promise<OpenedUri> => ({
				...(await openBytes(name, bytes, signal)),
				isCurrent: async () => !(await isExcluded(uri)) && isSame(),
			});
			if (isOnWeb(text)) {
				const { fetchRemote } = await import('./web/remote.ts');
				const bytes = await fetchRemote(text, signal, told);
				return opened(nameOfAddress(new URL(text)), bytes, () => Promise.resolve(true));
			}
			const { bytes, isSame } = await readFile(uri);
			return opened(nameOfUri(uri), bytes, isSame);
		},
	};
}

/** A URI as text. VS Code writes the `=` and `&` of an address on the web as escapes, which means something else there. */
export function textOfUri(uri: Uri): string {
	const text = uri.toString();
	return isOnWeb(text) ? new URL(uri.toString(true)).href : text;
}

/** The name of a file, or of what is on the web, as people read it. */
export function nameOfUri(uri: Uri): string {
	const text = textOfUri(uri);
	return isOnWeb(text) ? nameOfAddress(new URL(text)) : uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The reverse of `textOfUri`. An address on the web keeps its escapes as they are: `%26` is no `&`. */
export function uriOfText(text: string): Uri {
	if (!isOnWeb(text)) {
		return Uri.parse(text, true);
	}
	const { protocol, host, pathname, search, hash } = new URL(text);
	return Uri.from({
		scheme: protocol.slice(0, -1),
		authority: host,
		path: pathname,
		query: search.slice(1),
		fragment: hash.slice(1),
	});
}

interface Opening {
	readonly thumbnail: Promise<Picture | undefined>;
	readonly attachment: Promise<Attachment>;
}

function openImage(reader: AttachmentReader, name: string, bytes: Uint8Array, signal: AbortSignal): Opening {
	const opened = reader.openImage(name, bytes, signal);
	return {
		thumbnail: opened.then(({ thumbnail }) => thumbnail),
		attachment: opened.then(({ attachment }) => attachment),
	};
}

/** px */
const firstPageSide = 224;

function openPdf(
	reader: AttachmentReader,
	passwords: PdfPasswords,
	name: string,
	bytes: Uint8Array,
	signal: AbortSignal,
): Opening {
	const attachment = passwords.open(name, (options) => reader.readPdf(name, bytes, options, signal), signal);
	return {
		// A locked PDF shows nothing before it is open.
		thumbnail: reader.pdfThumbnail(bytes, signal).catch(async () => (await attachment).draw(1, firstPageSide, signal)),
		attachment,
	};
}

/** `isSame`: whether it was not written since. */
async function readFile(uri: Uri): Promise<{ readonly bytes: Uint8Array; readonly isSame: () => Promise<boolean> }> {
	try {
		const { type, size, mtime } = await workspace.fs.stat(uri);
		if ((type & FileType.Directory) !== 0) {
			throw new AttachmentFailure('folder');
		}
		if (size > largestFile) {
			throw new AttachmentFailure('too-large-file', `${size} bytes`);
		}
		return {
			bytes: await workspace.fs.readFile(uri),
			isSame: async () => {
				const now = await Promise.resolve(workspace.fs.stat(uri)).catch(() => ({ size, mtime }));
				return now.size === size && now.mtime === mtime;
			},
		};
	} catch (error) {
		throw asAttachmentFailure(error);
	}
}

const kinds: Readonly<Record<string, AttachmentFailureKind>> = { FileNotFound: 'missing', FileIsADirectory: 'folder' };

function asAttachmentFailure(error: unknown): unknown {
	return error instanceof FileSystemError
		? new AttachmentFailure(kinds[error.code] ?? 'unreadable', error.message, error)
		: error;
}
