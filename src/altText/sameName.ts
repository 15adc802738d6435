/** The name of a folder's entry that is the wanted one but for the case of letters and the way of writing accents. */
export function sameNameAs(wanted: string, names: readonly string[]): string | undefined {
	const plain = (name: string): string => name.normalize('NFC').toLowerCase();
	return names.find((name) => plain(name) === plain(wanted));
}
