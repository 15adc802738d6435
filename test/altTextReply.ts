/** What a model says that is asked for alt text. */
export function reply(alt: string, more: { readonly decorative?: boolean; readonly reason?: string } = {}): string {
	return JSON.stringify({ alt, decorative: false, reason: 'test', ...more });
}
