import {
	type Disposable,
	Hover,
	type HoverProvider,
	languages,
	MarkdownString,
	Range,
	type Uri,
	workspace,
} from 'vscode';
import { formatBytes } from '../models/formatBytes.ts';
import type { Decisions } from './decisions.ts';
import { findingSentence } from './diagnostics.ts';
import { documentLanguages } from './documentLanguages.ts';
import { placeAt } from './place.ts';

/** Shows the image of a reference, its size on disk, and what is to be said of its alt text. */
export function registerHover(decisions: Decisions): Disposable {
	const provider: HoverProvider = {
		async provideHover(document, position) {
			const place = await placeAt(document, document.offsetAt(position));
			if (!place) {
				return undefined;
			}
			const { image } = place;
			const [{ findingsIn }, { findTarget, whereaboutsFor }] = await Promise.all([
				import('./findingsIn.ts'),
				import('./target.ts'),
			]);
			const target = await findTarget(document, image.target, { outside: false });
			const findings = await findingsIn(document, decisions);
			const text = new MarkdownString();
			if (target.kind === 'file' && (await whereaboutsFor(document, target.uri)).kind === 'inside') {
				await appendFile(text, target.uri, image.target, document.languageId);
			}
			for (const { code, image: found } of findings) {
				if (found.start === image.start) {
					text.appendText(`${findingSentence(code)}\n\n`);
				}
			}
			const range = new Range(document.positionAt(image.start), document.positionAt(image.end));
			return text.value === '' ? undefined : new Hover(text, range);
		},
	};
	return languages.registerHoverProvider([...documentLanguages], provider);
}

async function appendFile(text: MarkdownString, uri: Uri, name: string, languageId: string): Promise<void> {
	const { size } = await workspace.fs.stat(uri);
	// VS Code's own Markdown support shows the picture already.
	if (languageId !== 'markdown') {
		text.appendMarkdown(`![](${uri.toString()}|height=160)\n\n`);
	}
	text.appendText(`${name}, ${formatBytes(size)}\n\n`);
}
