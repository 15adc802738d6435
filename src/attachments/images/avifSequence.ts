/**
 * An AVIF image sequence as the still image that it also is (AVIF 1.1, 6.3): the decoder knows no sequences, and refuses
 * a file whose first brand says that it is one.
 */
export function withoutSequence(bytes: Uint8Array): Uint8Array {
	const brand = new TextDecoder('latin1').decode(bytes.subarray(8, 12));
	if (brand !== 'avis') {
		return bytes;
	}
	const still = Uint8Array.from(bytes);
	still.set(new TextEncoder().encode('avif'), 8);
	return still;
}
