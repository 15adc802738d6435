import { type Disposable, Hover, type HoverProvider, languages, MarkdownString, Range } from 'vscode';
import type { Decisions } from './decisions.ts';
import { findingSentence } from './diagnostics.ts';
import { documentLanguages } from '../documentLanguages.ts';
import { placeAt } from '../place.ts';

/** Shows the image of a reference, its size, and what is to be said of its alt text. */
export function registerHover(decisions: Decisions): Disposable {
	const provider: HoverProvider = {
		async provideHover(document, position) {
			const place = await placeAt(document, document.offsetAt(position));
			if (!place) {
				return undefined;
			}
			const { image } = place;
			const [{ findingsAt }, { appendPicture }] = await Promise.all([
				import('./findingsIn.ts'),
				import('./hoverPicture.ts'),
			]);
			const findings = await findingsAt(place, decisions);
			const text = new MarkdownString();
			await appendPicture(text, place, document.offsetAt(position));
			for (const { code } of findings) {
				text.appendText(`${findingSentence(code)}\n\n`);
			}
			const range = new Range(document.positionAt(image.start), document.positionAt(image.end));
			return text.value === '' ? undefined : new Hover(text, range);
		},
	};
	return languages.registerHoverProvider([...documentLanguages], provider);
}
