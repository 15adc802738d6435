// Stands in for the built worker: a PDF of four pages; the second kills the thread, the third cannot be drawn.
import { parentPort } from 'node:worker_threads';

const lastPage = 4;
const killer = 2;
const undrawable = 3;

/** @type {{ readonly kind: string, readonly page?: unknown, readonly killer?: boolean }[]} */
let pieces = [];

parentPort?.on('message', (request) => {
	if (request.kind === 'job') {
		pieces = request.job.kind === 'read' ? documentPieces(request.job.first) : [picturePiece(request.job.page)];
	}
	const piece = pieces.shift();
	if (piece?.killer) {
		process.exit(1);
	}
	parentPort?.postMessage(piece ? { kind: 'result', result: piece } : { kind: 'done' });
});

/** @param {number} first */
function documentPieces(first) {
	const pages = Array.from({ length: lastPage + 1 - first }, (_, index) => first + index).map((number) => ({
		kind: 'page',
		killer: number === killer,
		page: { number, label: `${number}`, text: `Page ${number}.`, width: 612, height: 792, shows: 'text' },
	}));
	return [...(first === 1 ? [{ kind: 'document', title: undefined, outline: [], pageCount: lastPage }] : []), ...pages];
}

/** @param {number} page */
function picturePiece(page) {
	const pixels = { bytes: new Uint8Array(12).fill(255), width: 2, height: 2, channels: 3 };
	return { kind: 'picture', killer: page === killer, pixels: page === undrawable ? undefined : pixels };
}
