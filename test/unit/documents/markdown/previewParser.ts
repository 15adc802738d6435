import MarkdownIt from 'markdown-it';

/** The alt texts and targets of a document's images as VS Code's Markdown preview shows them. */
export function imagesByMarkdownIt(text: string): readonly (readonly [alt: string, target: string])[] {
	const markdownIt = new MarkdownIt({ html: true });
	return markdownIt
		.parse(text, {})
		.flatMap(({ children }) => children ?? [])
		.filter(({ type }) => type === 'image')
		.map((image) => [
			markdownIt.renderer.renderInlineAsText(image.children ?? [], markdownIt.options, {}),
			decodeURI(String(image.attrGet('src'))),
		]);
}
