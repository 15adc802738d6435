import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { Attachment, Picture } from './attachment.ts';
import { AttachmentFailure, type AttachmentFailureKind } from './attachmentFailure.ts';
import type { AttachmentReader } from './index.ts';

/** Bytes; a file is read as a whole, and beyond this no picture or PDF is worth the memory. */
const largestFile = 512 * 1024 * 1024;

/** A PDF's first pages also go as pictures, for what its text layer does not hold. */
const pdfPictures = { pictures: 4, maxSide: 1_568 };

/** A file read once: its thumbnail at once, the attachment when it is ready. */
export interface OpenedFile {
	/** Bytes */
	readonly size: number;
	/** Undefined when none can be made; the attachment then fails with the reason. */
	readonly thumbnail: Promise<Picture | undefined>;
	readonly attachment: Promise<Attachment>;
}

/** Reads the file of a URI as a string. Fails with `AttachmentFailure`, or `AbortError` when the signal says so. */
export type OpenFile = (uri: string, signal: AbortSignal) => Promise<OpenedFile>;

/** Opens files of any file system that VS Code knows. */
export function createOpenFile(loadReader: () => Promise<AttachmentReader>): OpenFile {
	return async (text, signal) => {
		const uri = Uri.parse(text, true);
		const bytes = await readFile(uri);
		signal.throwIfAborted();
		const reader = await loadReader();
		const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
		const thumbnail = reader.thumbnail(bytes, signal).catch(() => undefined);
		const isPdf = (await import('./index.ts')).sniff(bytes) === 'application/pdf';
		const attachment = isPdf
			? reader.readPdf(name, bytes, pdfPictures, signal)
			: reader.prepareImage(name, bytes, signal);
		// Whoever opened it may stop before it asks for the attachment.
		attachment.catch(() => undefined);
		return { size: bytes.length, thumbnail, attachment };
	};
}

async function readFile(uri: Uri): Promise<Uint8Array> {
	try {
		const { type, size } = await workspace.fs.stat(uri);
		if ((type & FileType.Directory) !== 0) {
			throw new AttachmentFailure('folder');
		}
		if (size > largestFile) {
			throw new AttachmentFailure('too-large-file', `${size} bytes`);
		}
		return await workspace.fs.readFile(uri);
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
