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
	/** Of a moving picture; undefined for a still one. */
	readonly motion?: Motion;
	/** Of a TIFF with several pages; its pictures are of the first. */
	readonly pageCount?: number;
	/** What is sent of a moving picture, where that is not one frame: up to four as one picture. */
	readonly sends?: 'strip';
	/** Its number among the files of a conversation, from 1, where it is not its place among those that are sent. */
	readonly number?: number;
	/**
	 * The picture as it is sent somewhere: made when it is asked for, kept for the next time.
	 * Fails with `AttachmentFailure`, or the signal's reason.
	 */
	readonly pictureFor: (target: PictureTarget, signal: AbortSignal) => Promise<Picture>;
}

/** How a moving picture moves. */
export interface Motion {
	readonly frameCount: number;
	/** From its first frame to the end of its last, ms. */
	readonly duration: number;
}

export interface PdfAttachment {
	readonly kind: 'pdf';
	readonly name: string;
	/** Its number among the files of a conversation, from 1, where it is not its place among those that are sent. */
	readonly number?: number;
	/** The file, as a server that reads PDFs takes it. */
	readonly bytes: Uint8Array;
	/** Bytes on disk. */
	readonly fileSize: number;
	/** Whether others can open the file as it is: not when it took a password or a repair to open it here. */
	readonly opensElsewhere: boolean;
	readonly title: string | undefined;
	readonly outline: readonly OutlineEntry[];
	/** All pages, in order. */
	readonly pages: readonly PdfPage[];
	/**
	 * A page's picture, made when it is asked for; undefined when it cannot be drawn.
	 * @param page From 1.
	 * @param maxSide Longest side, px.
	 */
	readonly draw: (page: number, maxSide: number, signal: AbortSignal) => Promise<Picture | undefined>;
	/** Where the words of a page stand; read when asked for. */
	readonly lines: (page: number, signal: AbortSignal) => Promise<readonly TextLine[]>;
}

export interface PdfPage {
	/** From 1: the place in the file. */
	readonly number: number;
	/** As printed on the page, such as `xii` or `A-3`; the number where the file has no labels. */
	readonly label: string;
	/** The text layer, then what is filled in on its form; empty for a scan. Line-end hyphens already joined. */
	readonly text: string;
	/** Of the upright page, points. */
	readonly width: number;
	readonly height: number;
	/** `picture`: something without a text layer, such as a scan. */
	readonly shows: 'nothing' | 'text' | 'text-and-figures' | 'picture' | 'damaged';
}

export interface TextLine {
	readonly words: readonly TextWord[];
	readonly box: Box;
}

export interface TextWord {
	readonly text: string;
	readonly box: Box;
}

/** Points, from the upper left corner of the upright page. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
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
	/** Of a strip: when its frames appear, ms from the beginning of the moving picture. */
	readonly times?: readonly number[];
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
	/** Of a moving picture, up to four frames that differ, each under its number and time, instead of one frame. */
	readonly asStrip?: boolean;
}
