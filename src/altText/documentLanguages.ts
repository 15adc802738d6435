/** Language ids of documents whose images Descry can write; notebook cells and untitled documents included. */
export const documentLanguages = ['markdown', 'html', 'mdx', 'javascriptreact', 'typescriptreact'] as const;

export function isDocumentLanguage(languageId: string): boolean {
	return (documentLanguages as readonly string[]).includes(languageId);
}
