import { readFile } from 'node:fs/promises';
import startLibheif, {
	type Context,
	type Handle,
	type HeifError,
	type Libheif,
} from 'libheif-js/libheif-wasm/libheif.js';
import { AttachmentFailure } from '../attachmentFailure.ts';
import { heifCodePoints } from './colour/heifCodePoints.ts';
import type { ColouredPixels } from './pixels.ts';
import { serveJobs } from '../workers/serveJobs.ts';

export interface HeicJob {
	readonly bytes: Uint8Array;
}

/** Room for 100 megapixels; the library needs about seven bytes for each, in wasm's memory. */
const maximumPixels = 100_000_000;

let libheif: Promise<Libheif> | undefined;

serveJobs(decode, ({ bytes, profile }) => [bytes.buffer, ...(profile ? [profile.buffer] : [])]);

/** The main picture, upright: the library applies the turns and mirrors that the file asks for. */
async function* decode({ bytes }: HeicJob): AsyncGenerator<ColouredPixels<ArrayBuffer>, void, undefined> {
	libheif ??= start();
	const library = await libheif;
	const context = library.heif_context_alloc();
	try {
		const { code, message } = library.heif_context_read_from_memory(context, bytes);
		if (code !== library.heif_error_code.heif_error_Ok) {
			throw new AttachmentFailure('damaged', message);
		}
		const codePoints = heifCodePoints(bytes);
		yield { ...mainPicture(library, context), ...(codePoints ? { codePoints } : {}) };
	} finally {
		library.heif_context_free(context);
	}
}

function mainPicture(library: Libheif, context: Context): ColouredPixels<ArrayBuffer> {
	const handle = orFail(library.heif_js_context_get_primary_image_handle(context));
	try {
		const width = library.heif_image_handle_get_width(handle);
		const height = library.heif_image_handle_get_height(handle);
		if (width * height > maximumPixels) {
			throw new AttachmentFailure('too-many-pixels', `${width} x ${height} px`);
		}
		const profile = profileOf(library, handle);
		return { ...pixelsOf(library, handle), ...(profile ? { profile } : {}) };
	} finally {
		library.heif_image_handle_release(handle);
	}
}

function pixelsOf(library: Libheif, handle: Handle): ColouredPixels<ArrayBuffer> {
	const channels = library.heif_image_handle_has_alpha_channel(handle) ? 4 : 3;
	const { heif_chroma_interleaved_RGB: rgb, heif_chroma_interleaved_RGBA: rgba } = library.heif_chroma;
	const decoded = orFail(
		library.heif_js_decode_image2(handle, library.heif_colorspace.heif_colorspace_RGB, channels === 4 ? rgba : rgb),
	);
	try {
		const [plane] = decoded.channels;
		if (!plane) {
			throw new AttachmentFailure('damaged', 'No picture was decoded.');
		}
		const { width, height, stride, data } = plane;
		const row = width * channels;
		const bytes = new Uint8Array(row * height);
		for (let line = 0; line < height; line++) {
			bytes.set(data.subarray(line * stride, line * stride + row), line * row);
		}
		return { bytes, width, height, channels };
	} finally {
		library.heif_image_release(decoded.image);
	}
}

/** The ICC profile; phones write one for colours beyond sRGB. */
function profileOf(library: Libheif, handle: Handle): Uint8Array<ArrayBuffer> | undefined {
	const { ptr } = handle.$$;
	const size = library._heif_image_handle_get_raw_color_profile_size(ptr);
	if (size === 0) {
		return undefined;
	}
	const errorSize = 16;
	const address = library._malloc(errorSize + size);
	try {
		library._heif_image_handle_get_raw_color_profile(address, ptr, address + errorSize);
		// Read after the call: the library's memory may have grown and moved.
		return library.HEAPU8.slice(address + errorSize, address + errorSize + size);
	} finally {
		library._free(address);
	}
}

function orFail<Value extends object>(value: Value | HeifError): Value {
	if ('code' in value) {
		throw new AttachmentFailure('damaged', value.message);
	}
	return value;
}

async function start(): Promise<Libheif> {
	return startLibheif({ wasmBinary: await readFile(new URL('libheif.wasm', import.meta.url)) });
}
