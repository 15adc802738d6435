import { randomUUID } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import type { Words } from './messages.ts';

/** The page around the conversation: strict CSP, the script, the style, and the words as data. */
export function webviewPage(webview: Webview, extensionUri: Uri, words: Words, language: string): string {
	const asset = (name: string): string =>
		webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'media', name)).toString();
	const nonce = randomUUID();
	const policy = [
		"default-src 'none'",
		`img-src ${webview.cspSource} data:`,
		// The nonce is for the frame of search suggestions, whose page has this policy too.
		`style-src ${webview.cspSource} 'nonce-${nonce}'`,
		`font-src ${webview.cspSource}`,
		`script-src 'nonce-${nonce}'`,
		"form-action 'none'",
		"base-uri 'none'",
	].join('; ');
	return /* html */ `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
	<meta charset="utf-8">
	<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<link rel="stylesheet" href="${attribute(asset('conversation.css'))}">
	<title>Descry</title>
</head>
<body data-words="${attribute(JSON.stringify(words))}">
	<div id="root"></div>
	<script nonce="${nonce}" src="${attribute(asset('conversation.js'))}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
