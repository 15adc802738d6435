import type { TextDocument } from 'vscode';
import type { Finding } from '../../documents/findings.ts';
import type { ImageReference } from '../../documents/index.ts';
import type { Decisions } from './decisions.ts';
import { imagesIn, type ReadDocument } from '../imagesIn.ts';
import { silencedByComments } from './markdownlintComments.ts';
import type { Place } from '../place.ts';
import { findTarget } from '../targets/target.ts';

/** Each target costs a look at the disk. */
const mostTargets = 200;

/** What is to be said about the images of a document, the user's decisions respected. */
export async function findingsIn(document: TextDocument, decisions: Decisions): Promise<readonly Finding[]> {
	return judged(await imagesIn(document), decisions);
}

/** What is to be said about one image: what the others come to costs time in a long document. */
export async function findingsAt(place: Place, decisions: Decisions): Promise<readonly Finding[]> {
	const index = place.images.indexOf(place.image);
	const images = place.images.slice(Math.max(0, index - 1), index + 1);
	return (await judged({ ...place, images }, decisions)).filter(({ image }) => image === place.image);
}

async function judged({ document, text, images }: ReadDocument, decisions: Decisions): Promise<readonly Finding[]> {
	const { findingsOf } = await import('../../documents/findings.ts');
	const options = { path: document.uri.path };
	const missing = await Promise.all(images.slice(0, mostTargets).map((image) => missingTarget(document, image)));
	const isSilenced = document.languageId === 'markdown' ? silencedByComments(text) : () => false;
	const found = findingsOf(text, document.languageId, images, options).filter(
		({ code, image }) =>
			code !== 'missing' || !(decisions.isDecorative(document.uri, image.target) || isSilenced(image.start)),
	);
	return [...found, ...missing.filter((finding) => finding !== undefined)];
}

/** An embedded picture is where it is, and may take long to decode. */
const notOnDisk = /^\s*(?:data:|$)/i;

async function missingTarget(document: TextDocument, image: ImageReference): Promise<Finding | undefined> {
	const { target, targetStart, targetEnd } = image;
	const { kind } = notOnDisk.test(target)
		? { kind: 'unknown' }
		: await findTarget(document, target, { outside: false });
	return kind === 'missing' ? { code: 'missing-target', image, start: targetStart, end: targetEnd } : undefined;
}
