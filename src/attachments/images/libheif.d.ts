/** What is used of libheif's interface in JavaScript; the types it comes with are for another kind of module. */
declare module 'libheif-js/libheif-wasm/libheif.js' {
	export interface Libheif {
		readonly HEAPU8: Uint8Array;
		readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
		readonly heif_chroma: {
			readonly heif_chroma_interleaved_RGB: unknown;
			readonly heif_chroma_interleaved_RGBA: unknown;
		};
		heif_context_alloc(): Context;
		heif_context_free(context: Context): void;
		heif_context_read_from_memory(
			context: Context,
			bytes: Uint8Array,
		): { readonly code: unknown; readonly message: string };
		readonly heif_error_code: { readonly heif_error_Ok: unknown };
		/** A handle, or an error with a code. */
		heif_js_context_get_primary_image_handle(context: Context): Handle | HeifError;
		heif_image_handle_get_width(handle: Handle): number;
		heif_image_handle_get_height(handle: Handle): number;
		heif_image_handle_has_alpha_channel(handle: Handle): number;
		heif_image_handle_release(handle: Handle): void;
		heif_js_decode_image2(handle: Handle, colourSpace: unknown, chroma: unknown): Decoded | HeifError;
		heif_image_release(image: unknown): void;
		_malloc(length: number): number;
		_free(address: number): void;
		/** Addresses; the error is written to the first. */
		_heif_image_handle_get_raw_color_profile(error: number, handle: number, data: number): void;
		_heif_image_handle_get_raw_color_profile_size(handle: number): number;
	}

	export interface Context {
		readonly heifContext: unique symbol;
	}

	export interface Handle {
		/** How the binding keeps the object's address. */
		readonly $$: { readonly ptr: number };
	}

	export interface HeifError {
		readonly code: unknown;
		readonly message: string;
	}

	export interface Decoded {
		readonly image: unknown;
		readonly channels: readonly {
			readonly width: number;
			readonly height: number;
			/** Bytes a row. */
			readonly stride: number;
			/** Within the library's memory. */
			readonly data: Uint8Array;
		}[];
	}

	export default function startLibheif(options: { readonly wasmBinary: Uint8Array }): Libheif;
}
