import assert from 'node:assert/strict';
import { commands, type Hover, MarkdownString, type TextDocument } from 'vscode';
import { eventually } from '../eventually.ts';
import { open } from './sampleDocuments.ts';

describe('hovering over an image', () => {
	afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

	/** What all hovers at an offset say, in Markdown. */
	async function hovered(document: TextDocument, offset: number): Promise<string> {
		const hovers = await commands.executeCommand<readonly Hover[]>(
			'vscode.executeHoverProvider',
			document.uri,
			document.positionAt(offset),
		);
		return hovers
			.flatMap(({ contents }) => contents)
			.map((content) => (content instanceof MarkdownString ? content.value : ''))
			.join('\n')
			.replaceAll('&nbsp;', ' ');
	}

	const pictures = (markdown: string): number => markdown.split('![](').length - 1;

	for (const [what, extension, text] of [
		['inline', 'md', '![Boats](../images/harbour.jpg)\n'],
		['inline with a title and an escape', 'md', '![Boats](<../images/h%61rbour.jpg> "Dusk")\n'],
		['from the root of the workspace', 'md', '![Boats](/images/harbour.jpg)\n'],
		['by reference', 'md', '![Boats][b]\n\n[b]: ../images/harbour.jpg\n'],
		['in HTML in Markdown', 'md', 'a <img alt="Boats" src="../images/harbour.jpg"> b\n'],
		['in HTML', 'html', '<img src="../images/harbour.jpg" alt="Boats">\n'],
		['in JSX', 'jsx', 'export const A = () => <img src="../images/harbour.jpg" alt="Boats" />;\n'],
	] as const) {
		it(`shows it once and says its size, wherever on it: ${what}`, async () => {
			const { document } = await open(text, '', extension);
			const start = text.search(/!\[|<img/);
			const end = text.slice(start).search(/(?<=\)|\]|>)(?:$|\n| b|;)/) + start;
			// The Markdown support of VS Code may still be starting.
			await eventually(async () => {
				for (let offset = start; offset < end; offset++) {
					const found = await hovered(document, offset);
					assert.equal(pictures(found), 1, `${offset}: ${found}`);
					assert.match(found, /2400 × 1600 px, 302 KB/);
				}
			});
		});
	}

	it('says what is to be said of its alt text', async () => {
		const { document } = await open('<img src="../images/harbour.jpg">\n', '', 'html');
		assert.match(await hovered(document, 8), /This image has no alt text/);
	});

	it('says of an image what is to be said of it alone, beside others', async () => {
		const images = ['harbour.jpg', 'ferry-flow.png', 'nowhere.png'].map(
			(name) => `<img src="../images/${name}" alt="A">`,
		);
		const { document } = await open(images.join('\n'), '', 'html');
		const [first = '', second = '', third = ''] = await Promise.all(
			images.map((image) => hovered(document, document.getText().indexOf(image) + 8)),
		);
		const sentences = [/The image before has the same alt text/, /There is no such image file/];
		const said = (hover: string): readonly boolean[] => sentences.map((sentence) => sentence.test(hover));
		assert.deepEqual([first, second, third].map(said), [
			[false, false],
			[true, false],
			[true, true],
		]);
	});

	it('shows a picture inside the document', async () => {
		const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
		const { document } = await open(`<img src="data:image/png;base64,${dot}" alt="Dot">\n`, '', 'html');
		assert.equal(pictures(await hovered(document, 8)), 1);
	});

	it('shows nothing of a file outside the workspace', async () => {
		const { document } = await open('<img src="../../outside.png" alt="A">\n', '', 'html');
		assert.equal(await hovered(document, 8), '');
	});
});
