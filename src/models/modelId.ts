/** The model id of the reader inside the extension. */
export const deviceModelId = 'device/text';

/** First halves of model ids that name no endpoint (design.md "Contracts"). */
export const reservedNames: ReadonlySet<string> = new Set(['device', 'vscode']);

/** Splits `endpoint/model-id` at the first slash, as ids may hold more; undefined when it is no such id. */
export function parseModelId(id: string): { readonly endpoint: string; readonly model: string } | undefined {
	const slash = id.indexOf('/');
	if (slash <= 0 || slash === id.length - 1) {
		return undefined;
	}
	return { endpoint: id.slice(0, slash), model: id.slice(slash + 1) };
}
