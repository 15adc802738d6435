// Stands in for the built worker: a PDF of four blank pages; drawing the second kills the thread, the third fails.
import { parentPort } from 'node:worker_threads';

const lastPage = 4;
const killer = 2;
const undrawable = 3;

/** @type {object[]} */
let pieces = [];

parentPort?.on('message', (request) => {
	if (request.kind === 'job') {
		pieces = request.job.kind === 'text' ? textPieces() : picturePieces(request.job.first);
	}
	const piece = pieces.shift();
	if (piece && 'page' in piece && piece.page === killer) {
		process.exit(1);
	}
	parentPort?.postMessage(piece ? { kind: 'result', result: piece } : { kind: 'done' });
});

function textPieces() {
	const texts = Array.from({ length: lastPage }, (_, index) => ({ kind: 'text', text: `Page ${index + 1}.` }));
	return [{ kind: 'document', title: undefined, outline: [], pageCount: lastPage }, ...texts];
}

/** @param {number} first */
function picturePieces(first) {
	return Array.from({ length: lastPage + 1 - first }, (_, index) => first + index).map((page) => ({
		kind: 'picture',
		page,
		pixels: page === undrawable ? undefined : { bytes: new Uint8Array(12).fill(255), width: 2, height: 2, channels: 3 },
	}));
}
