/** Whether a URI leads to the web: by https, or by http, which is refused when it is opened. */
export function isOnWeb(uri: string): boolean {
	return /^https?:/i.test(uri);
}

/** The last part of an address's path, else its host. */
export function nameOfAddress({ pathname, host }: URL): string {
	const name = pathname
		.split('/')
		.filter((part) => part !== '')
		.at(-1);
	return name === undefined ? host : decoded(name);
}

/** As people read it, unless it holds what would not show, or would turn the line around. */
function decoded(part: string): string {
	try {
		const name = decodeURIComponent(part);
		return /[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? part : name;
	} catch {
		return part;
	}
}
