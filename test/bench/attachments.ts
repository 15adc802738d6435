import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import type { PictureTarget } from '../../src/attachments/attachment.ts';
import { fitInside } from '../../src/attachments/images/fit.ts';
import { ImageReader } from '../../src/attachments/images/image.ts';
import { PictureCache } from '../../src/attachments/images/pictureCache.ts';
import { TextReader } from '../../src/attachments/text/textReader.ts';
import { repository } from '../host/repository.ts';
import { run } from '../host/run.ts';

const never = new AbortController().signal;
const assets = pathToFileURL(join(repository, 'dist', 'workers', '/'));
const target: PictureTarget = {
	fits: (size) => fitInside(size, 1568),
	mediaTypes: ['image/png', 'image/jpeg'],
	maxBytes: Infinity,
};
const rounds = 7;

/**
 * Images made ready to send, against the native build of the same library in the same run: the sharp that npm
 * installed, which is native wherever there is a binary for the machine. CPU time, because other work on the machine
 * counts less there.
 */
export async function benchAttachments(): Promise<void> {
	await run('node', [join(repository, 'esbuild.mjs')], { cwd: repository });
	const photo = await photograph();
	console.log(`A photograph of 12 megapixels, ${megabytes(photo.length)}, to 1,568 px`);
	const before = process.memoryUsage.rss();
	const memory = watchMemory();
	const reader = new ImageReader(assets);
	const cold = await measured(() => reader.open('photo.jpg', photo, never));
	const first = await measured(() => cold.result.attachment.pictureFor(target, never));
	const share = (100 * first.result.bytes.length) / photo.length;
	console.log(`first thumbnail, cold         ${milliseconds(cold.wall)}`);
	console.log(`first picture after it        ${milliseconds(first.wall)}`);
	let host = 0;
	for (let round = 0; round < rounds; round++) {
		const { attachment } = await reader.open('photo.jpg', photo, never);
		const { thread } = await measured(() => attachment.pictureFor(target, never));
		host = Math.max(host, thread);
	}
	const peak = memory.end();
	console.log(`work on the host's own thread ${milliseconds(host)}, and no stall can be longer (goal: 16 ms)`);
	console.log(`memory added at the peak      ${megabytes(peak - before).padStart(8)} (goal: 250 MB)`);
	console.log(`bytes sent of the file's      ${share.toFixed(1).padStart(5)} % (goal: 15)`);
	for (const [colours, file] of await inColours(photo)) {
		const own: Measure[] = [];
		const native: Measure[] = [];
		for (let round = 0; round < rounds; round++) {
			const { attachment } = await reader.open('photo.jpg', file, never);
			own.push(await measured(() => attachment.pictureFor(target, never)));
			native.push(await measured(() => nativePicture(file)));
		}
		const [mine, theirs] = [median(own, 'cpu'), median(native, 'cpu')];
		console.log(`warm, ${colours.padEnd(24)}${milliseconds(median(own, 'wall'))}  ${milliseconds(mine)} CPU`);
		console.log(
			`native sharp                  ${milliseconds(median(native, 'wall'))}  ${milliseconds(theirs)} CPU  ours is ${(mine / theirs).toFixed(1)} times that (goal: 2.5)`,
		);
	}
	reader.end();
	await benchCache(photo);
	await benchColdStarts();
}

async function benchCache(photo: Uint8Array): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'descry-bench-'));
	try {
		const cached = async (): Promise<void> => {
			const reader = new ImageReader(assets, undefined, new PictureCache(folder));
			const { attachment } = await reader.open('photo.jpg', photo, never);
			await attachment.pictureFor(target, never);
			reader.end();
		};
		await cached();
		// What is written on the side is there once it was asked for.
		await new Promise((resolve) => setTimeout(resolve, 500));
		const times: Measure[] = [];
		for (let round = 0; round < rounds; round++) {
			times.push(await measured(cached));
		}
		console.log(`thumbnail and picture, cached ${milliseconds(median(times, 'wall'))}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function benchColdStarts(): Promise<void> {
	const corpus = join(repository, 'test', 'fixtures', 'images');
	for (const name of ['mark.png', 'mark.heic', 'mark.svg']) {
		const reader = new ImageReader(assets);
		const bytes = new Uint8Array(await readFile(join(corpus, name)));
		const { wall } = await measured(() => reader.open(name, bytes, never));
		console.log(`cold start, ${name.padEnd(18)}${milliseconds(wall)}`);
		reader.end();
	}
	const images = new ImageReader(assets);
	const text = new TextReader(assets);
	const bytes = new Uint8Array(await readFile(join(corpus, '..', 'attachments', 'text.png')));
	const { attachment } = await images.open('text.png', bytes, never);
	const picture = await attachment.pictureFor(target, never);
	for (const state of ['cold start,', 'again, warm,']) {
		const { wall } = await measured(() => text.read(picture, never));
		console.log(`${`${state} text.png`.padEnd(30)}${milliseconds(wall)}`);
	}
	text.end();
	images.end();
}

function nativePicture(photo: Uint8Array): Promise<Buffer> {
	return sharp(photo).autoOrient().resize(1568, 1568, { fit: 'inside' }).jpeg({ quality: 85 }).toBuffer();
}

/** Detail at every scale, and a camera's grain, turned as phones store it: about as hard to encode as a real one. */
async function photograph(): Promise<Uint8Array> {
	const [width, height] = [4000, 3000];
	const noise = (side: number, sigma: number): Promise<Buffer> =>
		sharp({
			create: {
				width: Math.ceil(width / side),
				height: Math.ceil(height / side),
				channels: 3,
				background: 'black',
				noise: { type: 'gaussian', mean: 128, sigma },
			},
		})
			.resize(width, height, { fit: 'fill', kernel: 'cubic' })
			.png({ compressionLevel: 0 })
			.toBuffer();
	const layers = await Promise.all([noise(200, 90), noise(40, 60), noise(8, 40), noise(1, 14)]);
	const [ground, ...rest] = layers;
	const file = await sharp(ground)
		.composite(rest.map((input) => ({ input, blend: 'overlay' })))
		.withMetadata({ orientation: 6 })
		.jpeg({ quality: 92 })
		.toBuffer();
	return new Uint8Array(file);
}

/** The same photograph as cameras, editors and phones write it: where colours have to be converted, it takes longer. */
async function inColours(photo: Uint8Array): Promise<readonly (readonly [string, Uint8Array])[]> {
	const bare = await sharp(photo).keepExif().jpeg({ quality: 92 }).toBuffer();
	const phone = await sharp(photo).keepExif().withIccProfile('p3').jpeg({ quality: 92 }).toBuffer();
	return [
		['no profile', bare],
		['profile sRGB', photo],
		['profile Display P3', phone],
	];
}

/** Looks at the memory of the whole process, worker threads included. */
function watchMemory(): { readonly end: () => number } {
	let peak = process.memoryUsage.rss();
	const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
	return {
		end: () => {
			clearInterval(timer);
			return peak;
		},
	};
}

interface Measure {
	/** ms; CPU of all threads, and of the one that runs the host. */
	readonly wall: number;
	readonly cpu: number;
	readonly thread: number;
}

async function measured<Result>(work: () => Promise<Result>): Promise<Measure & { readonly result: Result }> {
	const [began, all, own] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
	const result = await work();
	const [wall, allUsed, ownUsed] = [performance.now() - began, process.cpuUsage(all), process.threadCpuUsage(own)];
	const sum = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;
	return { result, wall, cpu: sum(allUsed), thread: sum(ownUsed) };
}

function median(measures: readonly Measure[], of: 'wall' | 'cpu'): number {
	const sorted = measures.map((measure) => measure[of]).sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function milliseconds(time: number): string {
	return `${time.toFixed(0).padStart(5)} ms`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
