/** Servers echo parts of keys and whole requests in their errors (protocols.md 3.1). */
const secrets: readonly (readonly [pattern: RegExp, replacement: string])[] = [
	[/\bBearer\s+[^\s"',]+/gi, 'Bearer …'],
	[/\bsk-[\w*.-]{4,}/g, 'sk-…'],
	[/\bAIza[\w*-]{4,}/g, 'AIza…'],
	[/([?&]key=)[^&\s"']+/gi, '$1…'],
	[/[A-Za-z0-9+/_-]{120,}={0,2}/g, '…'],
];

const messageLimit = 1000;

/** A server's words without keys and long base64, on one line and no longer than a paragraph. */
export function redact(text: string, key?: string): string {
	const secret = key?.trim() ?? '';
	const withoutKey = secret.length < 4 ? text : text.replaceAll(secret, '…');
	const clean = secrets.reduce((kept, [pattern, replacement]) => kept.replace(pattern, replacement), withoutKey);
	const line = clean.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	return line.length > messageLimit ? `${line.slice(0, messageLimit)}…` : line;
}
