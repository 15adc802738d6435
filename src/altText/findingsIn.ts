import type { TextDocument } from 'vscode';
import type { Finding } from '../documents/findings.ts';
import type { ImageReference } from '../documents/index.ts';
import type { Decisions } from './decisions.ts';
import { imagesIn } from './imagesIn.ts';
import { silencedByComments } from './markdownlintComments.ts';
import { findTarget } from './target.ts';

/** Each target costs a look at the disk. */
const mostTargets = 200;

/** What is to be said about the images of a document, the user's decisions respected. */
export async function findingsIn(document: TextDocument, decisions: Decisions): Promise<readonly Finding[]> {
	const [{ text, images }, { findingsOf }] = await Promise.all([
		imagesIn(document),
		import('../documents/findings.ts'),
	]);
	const options = { path: document.uri.path };
	const missing = await Promise.all(images.slice(0, mostTargets).map((image) => missingTarget(document, image)));
	const isSilenced = document.languageId === 'markdown' ? silencedByComments(text) : () => false;
	const judged = findingsOf(text, document.languageId, images, options).filter(
		({ code, image }) =>
			code !== 'missing' || !(decisions.isDecorative(document.uri, image.target) || isSilenced(image.start)),
	);
	return [...judged, ...missing.filter((finding) => finding !== undefined)];
}

async function missingTarget(document: TextDocument, image: ImageReference): Promise<Finding | undefined> {
	const { kind } =
		image.target === '' ? { kind: 'unknown' } : await findTarget(document, image.target, { outside: false });
	return kind === 'missing'
		? { code: 'missing-target', image, start: image.targetStart, end: image.targetEnd }
		: undefined;
}
