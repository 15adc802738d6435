import { readFile } from 'node:fs/promises';
import { initWasm, Resvg, type ResvgRenderOptions } from '@resvg/resvg-wasm';
import type { Size } from '../attachment.ts';
import { AttachmentFailure } from '../attachmentFailure.ts';
import type { Pixels } from './pixels.ts';
import { serveJobs } from '../workers/serveJobs.ts';

export interface SvgJob {
	readonly bytes: Uint8Array;
	/** Longest side that is drawn, px. */
	readonly maxSide: number;
}

export interface SvgResult {
	readonly pixels: Pixels<ArrayBuffer>;
	/** The size the file gives itself. */
	readonly stated: Size;
	/** The largest size worth drawing. */
	readonly drawn: Size;
}

/** An icon of 24 px is drawn this large, px: what has no pixels is not blurred by it, and a model sees more. */
const leastSide = 768;

/** px; what claims more is not meant to be seen. */
const mostStated = 10_000_000;

/** No drawing is larger than this, px: beyond it only the sides that a file claims grow. */
const mostSide = 8_192;

/** A line of 1 px that is a million long would still be drawn as long. */
const mostPixels = 70_000_000;

const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf'];

let loaded: Promise<ResvgRenderOptions> | undefined;

serveJobs(draw, ({ pixels }) => [pixels.bytes.buffer]);

/** The library has no network and no files: scripts, pages inside and whatever the file refers to are left out. */
async function* draw({ bytes, maxSide }: SvgJob): AsyncGenerator<SvgResult, void, undefined> {
	loaded ??= load();
	const options = await loaded;
	const text = decodeText(bytes);
	const stated = parse(text, options, ({ width, height }) => ({ width, height }));
	const zoom = zoomOf(stated, maxSide);
	const pixels = parse(text, { ...options, fitTo: { mode: 'zoom', value: zoom } }, (drawing) => {
		const image = drawing.render();
		try {
			return { bytes: new Uint8Array(image.pixels), width: image.width, height: image.height, channels: 4 } as const;
		} finally {
			image.free();
		}
	});
	yield {
		pixels: withoutPremultiplication(pixels),
		stated: { width: Math.ceil(stated.width), height: Math.ceil(stated.height) },
		drawn: zoomed(stated, zoomOf(stated, mostSide)),
	};
}

/** Both sides at least 1 px. */
function zoomOf({ width, height }: Size, maxSide: number): number {
	const longest = Math.max(width, height);
	if (longest > mostStated) {
		throw new AttachmentFailure('too-many-pixels', `${width} x ${height} px`);
	}
	const zoom = Math.max(Math.min(maxSide, Math.max(longest, leastSide)) / longest, 1 / Math.min(width, height));
	if (!(zoom * width * zoom * height <= mostPixels)) {
		throw new AttachmentFailure('too-many-pixels', `${width} x ${height} px`);
	}
	return zoom;
}

function zoomed({ width, height }: Size, zoom: number): Size {
	return { width: Math.max(1, Math.round(width * zoom)), height: Math.max(1, Math.round(height * zoom)) };
}

function parse<Result>(
	text: string,
	options: ResvgRenderOptions,
	use: (drawing: InstanceType<typeof Resvg>) => Result,
): Result {
	try {
		const drawing = new Resvg(text, options);
		try {
			return use(drawing);
		} finally {
			drawing.free();
		}
	} catch (error) {
		// A panic (WebAssembly's RuntimeError) leaves the library unusable: being of no known kind, it ends this worker.
		throw error instanceof Error && error.name === 'RuntimeError'
			? error
			: new AttachmentFailure('damaged', String(error), error);
	}
}

function decodeText(bytes: Uint8Array): string {
	const [first, second] = bytes;
	const encoding =
		first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
	return new TextDecoder(encoding).decode(bytes);
}

/** The library gives colours multiplied by alpha; everything else here has them as they are. */
function withoutPremultiplication(pixels: Pixels<ArrayBuffer>): Pixels<ArrayBuffer> {
	const { bytes } = pixels;
	for (let at = 0; at < bytes.length; at += 4) {
		const alpha = bytes[at + 3] ?? 0;
		for (let channel = at; alpha > 0 && alpha < 255 && channel < at + 3; channel++) {
			bytes[channel] = Math.min(255, Math.round(((bytes[channel] ?? 0) * 255) / alpha));
		}
	}
	return pixels;
}

async function load(): Promise<ResvgRenderOptions> {
	const beside = (name: string): Promise<Uint8Array> => readFile(new URL(name, import.meta.url));
	const [wasm, ...fontBuffers] = await Promise.all([beside('index_bg.wasm'), ...fonts.map(beside)]);
	await initWasm(wasm);
	return {
		font: {
			fontBuffers,
			defaultFontFamily: 'DejaVu Sans',
			sansSerifFamily: 'DejaVu Sans',
			serifFamily: 'DejaVu Sans',
			cursiveFamily: 'DejaVu Sans',
			fantasyFamily: 'DejaVu Sans',
			monospaceFamily: 'DejaVu Sans Mono',
		},
	};
}
