/**
 * Whether the model that answers is the one asked, by their ids: a dated version, as gpt-4o-2024-08-06 is of gpt-4o, is,
 * and so is an id with or without its vendor's name.
 */
export function isSameModel(asked: string, answering: string): boolean {
	const [one, other] = [asked, answering].map((id) => id.slice(id.lastIndexOf('/') + 1).toLowerCase());
	return (
		one !== undefined &&
		other?.startsWith(one) === true &&
		/^(?:[-@:](?:[\d-]+|latest))?$/.test(other.slice(one.length))
	);
}
