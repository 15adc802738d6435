import type { Size } from '../../attachment.ts';
import { labelHeight, labelOf, labelWidth } from './label.ts';

/** How many frames of a moving picture one picture shows. */
export const mostInStrip = 4;

/** Between frames, px. */
export const gap = 8;

/** How the frames of a strip stand: in rows, each frame under a band with its label. */
export interface StripLayout {
	readonly columns: number;
	readonly rows: number;
	/** Each frame as it is drawn, px. */
	readonly frame: Size;
	/** A frame or its label, whichever is wider, with the band. */
	readonly cell: Size;
}

/** px */
export function stripSize({ columns, rows, cell }: Omit<StripLayout, 'frame'>): Size {
	return { width: columns * cell.width + (columns - 1) * gap, height: rows * cell.height + (rows - 1) * gap };
}

/**
 * The layout in which the frames come out largest, never enlarged.
 * @param frame Of the moving picture, px.
 * @param duration Of the moving picture, ms: the longest time that a label says.
 * @param fits What is left of a picture of a size where it goes.
 */
export function stripLayout(count: number, frame: Size, duration: number, fits: (size: Size) => Size): StripLayout {
	const label = labelWidth(labelOf(count, count, duration));
	const layouts = Array.from({ length: count }, (_, fewer) => layoutIn(count - fewer, count, frame, label, fits));
	return layouts.reduce((best, one) => (one.frame.width > best.frame.width ? one : best));
}

function layoutIn(columns: number, count: number, frame: Size, label: number, fits: (size: Size) => Size): StripLayout {
	const rows = Math.ceil(count / columns);
	const cellOf = ({ width, height }: Size): Size => ({ width: Math.max(width, label), height: height + labelHeight });
	const room = fits(stripSize({ columns, rows, cell: cellOf(frame) }));
	const factor = Math.min(
		1,
		(room.width - (columns - 1) * gap) / (columns * frame.width),
		(room.height - rows * labelHeight - (rows - 1) * gap) / (rows * frame.height),
	);
	const shrunk = (side: number): number => Math.max(1, Math.floor(side * factor));
	const drawn = { width: shrunk(frame.width), height: shrunk(frame.height) };
	return { columns, rows, frame: drawn, cell: cellOf(drawn) };
}
