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
	/**
	 * The picture as it is sent somewhere: made when it is asked for, kept for the next time.
	 * Fails with `AttachmentFailure`, or the signal's reason.
	 */
	readonly pictureFor: (target: PictureTarget, signal: AbortSignal) => Promise<Picture>;
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

/** What a picture may be encoded as when it is sent. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';

/** Encoded pixels, ready for a request. */
export interface Picture<Memory extends ArrayBufferLike = ArrayBufferLike> {
	readonly mediaType: PictureType;
	readonly bytes: Uint8Array<Memory>;
	/** px */
	readonly width: number;
	readonly height: number;
}

/** px */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** For whom a picture is made: what is taken there, and how much of it is seen. */
export interface PictureTarget {
	/** The size to make of an image's own, never larger. */
	readonly fits: (size: Size) => Size;
	/** What may be sent; PNG and JPEG always. */
	readonly mediaTypes: readonly PictureType[];
	/** Bytes. A picture is made coarser, then smaller, until it keeps to this. */
	readonly maxBytes: number;
	/** A file that goes as it is keeps what its camera and its editors wrote into it. */
	readonly keepsMetadata?: boolean;
}
