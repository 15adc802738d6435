/** What we use of a package that has no types of its own: Tesseract, C++ in WebAssembly. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
	export interface TesseractApi {
		/** Returns -1 when it cannot start. */
		Init(dataFolder: string | null, language: string, engine: number, configFile?: string): number;
		SetVariable(name: string, value: string): boolean;
		/** Reads the file `/input`. Returns 1 when that is no image. */
		SetImageFile(exifOrientation: number, angle: number): number;
		Recognize(monitor: null): number;
		GetTSVText(page: number): string;
		Clear(): void;
	}

	export interface TesseractCore {
		readonly TessBaseAPI: new () => TesseractApi;
		readonly FS: {
			writeFile(path: string, bytes: Uint8Array): void;
			unlink(path: string): void;
		};
	}

	export default function start(options: {
		readonly TesseractProgress: (percent: number) => void;
		readonly printErr: (line: string) => void;
	}): Promise<TesseractCore>;
}
