/** Why a file cannot become an attachment. The host's table `src/failures/` has a sentence for each. */
export type AttachmentFailureKind =
	| 'missing'
	| 'folder'
	| 'empty-file'
	| 'unsupported-type'
	| 'damaged'
	/** Whole, as far as is known, but nothing here decompresses it. */
	| 'unsupported-compression'
	| 'too-many-pixels'
	| 'too-large-file'
	/** It takes a password; `wrong-password`: another than the given one; `locked-otherwise`: no password opens it. */
	| 'locked'
	| 'wrong-password'
	| 'locked-otherwise'
	| 'no-pages'
	/** A form (XFA) whose pages only Adobe's programs make; in their place stands a page that asks to wait. */
	| 'dynamic-form'
	| 'unreadable'
	/** The user, or the workspace, keeps it back; `excluded-document`: what it is shown in. */
	| 'excluded'
	| 'excluded-document'
	/** On the web, but not by https, or not on the public internet. */
	| 'not-fetchable'
	| 'unreachable'
	/** Its host has nothing there, or does not let everybody read it. */
	| 'not-there'
	| 'not-readable'
	/** What an address leads to is no image and no PDF. */
	| 'leads-elsewhere';

export class AttachmentFailure extends Error {
	override readonly name = 'AttachmentFailure';
	readonly kind: AttachmentFailureKind;
	/**
	 * The library's or the file system's own words, for the log; for `unsupported-type`
	 * and `leads-elsewhere` the MIME type, if known; for `unsupported-compression` its name.
	 */
	readonly reason: string | undefined;

	constructor(kind: AttachmentFailureKind, reason?: string, cause?: unknown) {
		super(reason ?? kind, { cause });
		this.kind = kind;
		this.reason = reason;
	}
}
