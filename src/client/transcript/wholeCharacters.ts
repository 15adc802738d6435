/** Holds back the first half of a character that JSON escapes split over two events (protocols.md 2.3, step 9). */
export function createWholeCharacters(): { push(text: string): string; flush(): string } {
	let held = '';
	return {
		push(text) {
			const joined = held + text;
			const last = joined.charCodeAt(joined.length - 1);
			held = last >= 0xd800 && last <= 0xdbff ? joined.slice(-1) : '';
			return held === '' ? joined : joined.slice(0, -1);
		},
		flush() {
			const rest = held === '' ? '' : '\ufffd';
			held = '';
			return rest;
		},
	};
}
