/** Of a letter, px. */
const letterWidth = 12;
const letterHeight = 17;

/**
 * The few letters that labels need, in DejaVu Sans Mono Bold of 20 px, which is read without being made larger: row by
 * row, each of three hexadecimal digits, a bit a pixel.
 */
const letters: Readonly<Record<string, string>> = {
	'0': '0f01f839c30e70e70e76e76e70e70e70e30e39c1f80f0000000',
	'1': '0f03f03700700700700700700700700700700703fe3fe000000',
	'2': '3f07fc61e40e00e00e01c0380780f01e03c03807fe7fe000000',
	'3': '3f87fc61e40e00e01e0f80f801c00e00e40e61e7fc3f8000000',
	'4': '0380780780f81f81b83383386387fe7fe038038038038000000',
	'5': '7fc7fc7007007007f07fc41c00e00e00e00e61c7fc3f0000000',
	'6': '0f81fc3843807007787fc79e70e70e70e70e39c3fc0f8000000',
	'7': '7fe7fe00e01c01c0380380780700f00e00e01c01c0380000000',
	'8': '1f83fc79e70e70e39c1f81f839c70e70e70e79e3fc1f8000000',
	'9': '1f03fc79c70e70e70e70e79e3fe1ee00e01c21c3f81f0000000',
	o: '0000000000000f03fc39c70e70e70e70e70e39c3fc0f0000000',
	f: '07c0fc0e00e07fc7fc0e00e00e00e00e00e00e00e00e0000000',
	s: '0000000000001f83fc7047007f03fc07e00e40e7fc3f8000000',
	',': '0000000000000000000000000000000000700700700600e00c0',
	'.': '0000000000000000000000000000000000e00e00e00e0000000',
};

/** Around the letters, px. */
const margin = { above: 10, below: 7, beside: 12 };

/** Of the band that a label stands on, px. */
export const labelHeight = margin.above + letterHeight + margin.below;

/** What stands over a frame: its number, from 1, and its time in ms. */
export function labelOf(number: number, count: number, time: number): string {
	return `${number} of ${count}, ${(time / 1000).toFixed(1)} s`;
}

/** Of the band, px. */
export function labelWidth(text: string): number {
	return text.length * letterWidth + 2 * margin.beside;
}

/** A label in white on black: levels of grey, row by row, `labelWidth` by `labelHeight`. */
export function drawLabel(text: string): Uint8Array {
	const width = labelWidth(text);
	const band = new Uint8Array(width * labelHeight);
	Array.from(text).forEach((letter, place) => {
		const rows = letters[letter]?.match(/.../g) ?? [];
		rows.forEach((row, y) => {
			const dots = parseInt(row, 16);
			const start = (margin.above + y) * width + margin.beside + place * letterWidth;
			for (let x = 0; x < letterWidth; x++) {
				band[start + x] = dots & (1 << (letterWidth - 1 - x)) ? 255 : 0;
			}
		});
	});
	return band;
}
