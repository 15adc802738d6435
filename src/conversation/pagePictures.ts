import {
	commands,
	Disposable,
	EventEmitter,
	type FileChangeEvent,
	type FileStat,
	FileSystemError,
	type FileSystemProvider,
	FileType,
	Uri,
} from 'vscode';
import type { OpenFile } from '../attachments/open.ts';

export const pageScheme = 'descry-page';

/** Longest side, px: enough to read a page at twice its size. */
const side = 2048;

/**
 * Pages of PDFs as picture files that can only be read, so that VS Code's own image preview shows them. Each is drawn
 * when it is read, also after a reload; nothing is written to disk.
 */
export class PagePictures implements FileSystemProvider {
	readonly #open: OpenFile;
	readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
	/** VS Code asks for a file's size, then at once for the file. */
	readonly #drawn = new Map<string, Promise<Uint8Array>>();

	constructor(open: OpenFile) {
		this.#open = open;
	}

	async stat(uri: Uri): Promise<FileStat> {
		const drawing = this.#draw(uri);
		this.#drawn.set(uri.toString(), drawing);
		return { type: FileType.File, ctime: 0, mtime: 0, size: (await drawing).length };
	}

	async readFile(uri: Uri): Promise<Uint8Array> {
		const key = uri.toString();
		const drawing = this.#drawn.get(key) ?? this.#draw(uri);
		this.#drawn.delete(key);
		return drawing;
	}

	watch(): Disposable {
		return new Disposable(() => undefined);
	}

	readDirectory(): never {
		throw FileSystemError.Unavailable();
	}

	createDirectory(uri: Uri): never {
		throw FileSystemError.NoPermissions(uri);
	}

	writeFile(uri: Uri): never {
		throw FileSystemError.NoPermissions(uri);
	}

	delete(uri: Uri): never {
		throw FileSystemError.NoPermissions(uri);
	}

	rename(uri: Uri): never {
		throw FileSystemError.NoPermissions(uri);
	}

	async #draw(uri: Uri): Promise<Uint8Array> {
		const { pdf, page } = JSON.parse(uri.query) as PageQuery;
		const signal = new AbortController().signal;
		const attachment = await (await this.#open(pdf, signal)).attachment;
		const picture = attachment.kind === 'pdf' ? await attachment.draw(page, side, signal) : undefined;
		if (!picture) {
			throw FileSystemError.FileNotFound(uri);
		}
		return picture.bytes;
	}
}

interface PageQuery {
	/** Its URI, as `textOfUri` writes it. */
	readonly pdf: string;
	/** From 1. */
	readonly page: number;
}

/** Shows a page of a PDF beside. `title` becomes the name of the tab. */
export async function showPage(title: string, query: PageQuery): Promise<void> {
	const path = `/${title.replaceAll('/', ' ')}.png`;
	await commands.executeCommand('vscode.open', Uri.from({ scheme: pageScheme, path, query: JSON.stringify(query) }));
}
