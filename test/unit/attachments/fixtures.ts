import { readFile } from 'node:fs/promises';

/** The workers as they are shipped: these tests read files with the built ones, sharp on WebAssembly among them. */
export const assets = new URL('../../../dist/workers/', import.meta.url);

export const never = new AbortController().signal;

/** A file that test/fixtures/attachments/make.sh made. */
export async function fixture(name: string): Promise<Uint8Array> {
	return new Uint8Array(await readFile(new URL(`../../fixtures/attachments/${name}`, import.meta.url)));
}

export function ascii(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}
