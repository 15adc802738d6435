/** A target without its query and fragment. */
export function withoutQuery(target: string): string {
	return target.replace(/[?#].*$/s, '');
}

/** The text that percent-encoding stands for. A percent sign that starts no escape stands for itself. */
export function percentDecoded(text: string): string {
	return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
		try {
			return decodeURIComponent(escapes);
		} catch (error) {
			if (error instanceof URIError) {
				return escapes;
			}
			throw error;
		}
	});
}
