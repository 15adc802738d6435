/** A stretch of a text: UTF-16 offsets into it, end exclusive. */
export interface Span {
	readonly start: number;
	readonly end: number;
}
