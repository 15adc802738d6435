import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import startTesseract, { type TesseractCore } from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import { AttachmentFailure } from '../attachmentFailure.ts';
import { joinLines, type RecognisedText } from './recognisedText.ts';
import { serveJobs } from '../workers/serveJobs.ts';

/** A PNG or JPEG without transparency. */
export interface TextJob {
	readonly bytes: Uint8Array;
}

/** OEM_LSTM_ONLY: the core that is shipped has no other engine. */
const neuralNetworks = 1;

const variables: Readonly<Record<string, string>> = {
	// PSM_AUTO: finds columns, and finds nothing in most photographs where other modes read noise.
	tessedit_pageseg_mode: '3',
	// Dots per inch: pages are drawn so. Elsewhere it is a guess; 70 missed signs in photographs, 300 labels of charts.
	user_defined_dpi: '150',
};

/** What Tesseract says on the way, which would reach the host's standard error. */
const quiet = { TesseractProgress: () => undefined, printErr: () => undefined };

type Tesseract = Pick<TesseractCore, 'FS'> & { readonly api: InstanceType<TesseractCore['TessBaseAPI']> };

let tesseract: Promise<Tesseract> | undefined;

serveJobs(recognise, () => []);

async function* recognise({ bytes }: TextJob): AsyncGenerator<RecognisedText, void, undefined> {
	tesseract ??= start();
	const { api, FS } = await tesseract;
	FS.writeFile('/input', bytes);
	try {
		if (api.SetImageFile(1, 0) === 1) {
			throw new AttachmentFailure('damaged', 'Tesseract cannot read the picture.');
		}
		api.Recognize(null);
		yield joinLines(api.GetTSVText(0));
	} finally {
		api.Clear();
		FS.unlink('/input');
	}
}

async function start(): Promise<Tesseract> {
	const [core, data] = await Promise.all([startTesseract(quiet), languageData()]);
	core.FS.writeFile('/eng.traineddata', data);
	const api = new core.TessBaseAPI();
	if (api.Init(null, 'eng', neuralNetworks) === -1) {
		throw new AttachmentFailure('unreadable', 'Tesseract did not start.');
	}
	for (const [name, value] of Object.entries(variables)) {
		api.SetVariable(name, value);
	}
	return { api, FS: core.FS };
}

async function languageData(): Promise<Uint8Array> {
	return promisify(gunzip)(await readFile(new URL('eng.traineddata.gz', import.meta.url)));
}
