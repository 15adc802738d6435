import { join } from 'node:path';
import type { Motion, Picture, PictureType, Size } from '../attachment.ts';

/** A picture as it was made, and what its file said of itself. */
export interface MadePicture {
	readonly picture: Picture;
	/** Upright size that the file gives itself. */
	readonly stated: Size;
	/** The largest size its picture can be made in. */
	readonly drawn: Size;
	/** Undefined for a still picture. */
	readonly motion?: Motion;
}

export interface CacheLimits {
	/** Bytes */
	readonly size: number;
	/** An entry read again is marked as used when its mark is older than this, ms. */
	readonly freshness: number;
}

/** Room for a thousand pictures or so. */
const defaults: CacheLimits = { size: 200 * 1024 * 1024, freshness: 60 * 60 * 1000 };

/** Part of every key: another number once pictures are made in another way. */
const generation = 2;

/**
 * Pictures made before, on disk, by what was in the file and for whom they were made. Several windows may use one
 * folder. It only saves time: whatever fails in it counts as not being there.
 */
export class PictureCache {
	readonly #folder: string;
	readonly #limits: CacheLimits;
	/** Bytes on disk, about; undefined until they were counted. */
	#size: number | undefined;
	#trimming: Promise<void> = Promise.resolve();

	constructor(folder: string, limits: CacheLimits = defaults) {
		this.#folder = folder;
		this.#limits = limits;
	}

	async get(key: string): Promise<MadePicture | undefined> {
		try {
			const { default: cacache } = await import('cacache');
			const info = await cacache.get.info(this.#folder, keyOf(key));
			if (!info) {
				return undefined;
			}
			// The content's checksum is compared on the way.
			const bytes = await cacache.get.byDigest(this.#folder, info.integrity);
			const facts = readFacts(info.metadata);
			if (facts && Date.now() - info.time > this.#limits.freshness) {
				await cacache.index.insert(this.#folder, keyOf(key), info.integrity, { metadata: facts, size: bytes.length });
			}
			return facts && { ...facts, picture: { ...facts.picture, bytes: new Uint8Array(bytes) } };
		} catch {
			// Not there, damaged, or the disk does not let us: the picture is made again.
			return undefined;
		}
	}

	async put(key: string, { picture, ...file }: MadePicture): Promise<void> {
		try {
			const { default: cacache } = await import('cacache');
			const { bytes, ...shape } = picture;
			const metadata: Facts = { picture: shape, ...file };
			await cacache.put(this.#folder, keyOf(key), bytes, { metadata });
			this.#size = this.#size === undefined ? undefined : this.#size + bytes.length;
			// One that failed, because of another window perhaps, is no reason not to try again.
			this.#trimming = this.#trimming.catch(() => undefined).then(() => this.#trim());
			await this.#trimming;
		} catch {
			// A full disk, a folder that may not be written: work goes on without.
		}
	}

	/** The bytes that it freed. Fails as the file system does: who asked for it should know. */
	async clear(): Promise<number> {
		const { rm } = await import('node:fs/promises');
		const freed = await bytesIn(this.#folder);
		await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
		this.#size = 0;
		return freed;
	}

	/** Drops what was not used for longest, down to three quarters, so that it does not come to this each time. */
	async #trim(): Promise<void> {
		if (this.#size !== undefined && this.#size <= this.#limits.size) {
			return;
		}
		const { default: cacache } = await import('cacache');
		const entries = Object.values(await cacache.ls(this.#folder)).sort((one, other) => one.time - other.time);
		let size = entries.reduce((sum, entry) => sum + entry.size, 0);
		if (size > this.#limits.size) {
			for (const entry of entries) {
				if (size <= this.#limits.size * 0.75) {
					break;
				}
				await cacache.rm.entry(this.#folder, entry.key);
				await cacache.rm.content(this.#folder, entry.integrity);
				size -= entry.size;
			}
		}
		this.#size = size;
	}
}

/** What stands for a file's bytes in keys; computed beside the event loop, however large the file is. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
	return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('base64url');
}

/** Of all files on disk, also those that no index knows of; 0 where there is no such folder. */
async function bytesIn(folder: string): Promise<number> {
	const { readdir, stat } = await import('node:fs/promises');
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	const files = entries.filter((entry) => entry.isFile());
	// Another window may remove one meanwhile.
	const sizes = await Promise.all(
		files.map(({ parentPath, name }) =>
			stat(join(parentPath, name)).then(
				({ size }) => size,
				() => 0,
			),
		),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

interface Facts extends Omit<MadePicture, 'picture'> {
	readonly picture: Omit<Picture, 'bytes'>;
}

function keyOf(key: string): string {
	return `picture:${generation}:${key}`;
}

/** What stands on disk may have been written by anything. */
function readFacts(value: unknown): Facts | undefined {
	if (!isRecord(value) || !isRecord(value['picture'])) {
		return undefined;
	}
	const { mediaType, times } = value['picture'];
	const type = pictureTypes.find((known) => known === mediaType);
	const [size, stated, drawn] = [value['picture'], value['stated'], value['drawn']].map(readSize);
	const motion = readMotion(value['motion']);
	return type && size && stated && drawn
		? {
				picture: { mediaType: type, ...size, ...(isNumbers(times) && { times }) },
				stated,
				drawn,
				...(motion && { motion }),
			}
		: undefined;
}

const pictureTypes: readonly PictureType[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

function readSize(value: unknown): Size | undefined {
	if (!isRecord(value)) {
		return undefined;
	}
	const { width, height } = value;
	return typeof width === 'number' && typeof height === 'number' ? { width, height } : undefined;
}

function readMotion(value: unknown): Motion | undefined {
	if (!isRecord(value)) {
		return undefined;
	}
	const { frameCount, duration } = value;
	return typeof frameCount === 'number' && typeof duration === 'number' ? { frameCount, duration } : undefined;
}

function isNumbers(value: unknown): value is readonly number[] {
	return Array.isArray(value) && value.every((one) => typeof one === 'number');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
