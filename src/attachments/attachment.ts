/** One image or PDF made ready to send: upright, without metadata, no larger than models see. */
export type Attachment = ImageAttachment | PdfAttachment;

export interface ImageAttachment {
	readonly kind: 'image';
	readonly name: string;
	/** What the file is by its bytes, e.g. `image/avif`; not what is sent. */
	readonly fileType: string;
	/** Bytes on disk. */
	readonly fileSize: number;
	/** Upright size of the file's picture, px. */
	readonly width: number;
	readonly height: number;
	readonly picture: Picture;
}

export interface PdfAttachment {
	readonly kind: 'pdf';
	readonly name: string;
	/** Bytes on disk. */
	readonly fileSize: number;
	readonly title: string | undefined;
	readonly outline: readonly OutlineEntry[];
	/** All pages, in order. */
	readonly pages: readonly PdfPage[];
}

export interface PdfPage {
	/** From 1. */
	readonly number: number;
	/** The text layer; empty for a scan. Line-end hyphens already joined. */
	readonly text: string;
	/** Rendered, for the first pages only. */
	readonly picture: Picture | undefined;
}

export interface OutlineEntry {
	readonly title: string;
	/** From 1; undefined when the entry points nowhere. */
	readonly page: number | undefined;
	/** From 0. */
	readonly depth: number;
}

/** Encoded pixels, ready for a request. */
export interface Picture<Memory extends ArrayBufferLike = ArrayBufferLike> {
	readonly mediaType: 'image/jpeg' | 'image/png';
	readonly bytes: Uint8Array<Memory>;
	/** px */
	readonly width: number;
	readonly height: number;
}
