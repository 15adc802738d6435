import { type MarkdownExtension, Strikethrough, Table, TaskList } from '@lezer/markdown';

/**
 * GitHub's Markdown, but for bare URLs: GitHub reads an image directly after one as a part of it,
 * VS Code's preview and CommonMark do not. Definitions are what `findImages` looks for in paragraphs.
 */
export const gfm: MarkdownExtension = [Table, TaskList, Strikethrough, { remove: ['LinkReference'] }];
