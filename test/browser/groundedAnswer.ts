import { readFile } from 'node:fs/promises';
import type { ConversationState, TurnState } from '../../src/conversation/messages.ts';

/** As Google sends it with an answer that it searched for, for light and dark. */
export const entryPoint = `<style>
.container { align-items: center; border-radius: 8px; display: flex; font-family: Google Sans, Roboto, sans-serif; font-size: 14px; line-height: 20px; padding: 8px 12px; }
.chip { display: inline-block; border: solid 1px; border-radius: 16px; min-width: 14px; padding: 5px 16px; text-align: center; user-select: none; margin: 0 8px; -webkit-tap-highlight-color: transparent; }
.carousel { overflow: auto; scrollbar-width: none; white-space: nowrap; margin-right: -12px; }
.headline { display: flex; margin-right: 4px; }
.gradient-container { position: relative; }
.gradient { position: absolute; transform: translate(3px, -9px); height: 36px; width: 9px; }
@media (prefers-color-scheme: light) {
  .container { background-color: #fafafa; box-shadow: 0 0 0 1px #0000000f; }
  .headline-label { color: #1f1f1f; }
  .chip { background-color: #ffffff; border-color: #d2d2d2; color: #5e5e5e; text-decoration: none; }
  .chip:hover { background-color: #f2f2f2; }
  .logo-dark { display: none; }
}
@media (prefers-color-scheme: dark) {
  .container { background-color: #1f1f1f; box-shadow: 0 0 0 1px #ffffff26; }
  .headline-label { color: #fff; }
  .chip { background-color: #2c2c2c; border-color: #3c4043; color: #fff; text-decoration: none; }
  .chip:hover { background-color: #353536; }
  .logo-light { display: none; }
}
</style>
<div class="container">
  <div class="headline">
    <svg class="logo-light" width="18" height="18" viewBox="0 0 18 18" fill="none" xmlns="http://www.w3.org/2000/svg"><circle cx="9" cy="9" r="8" fill="#4285F4"/></svg>
    <svg class="logo-dark" width="18" height="18" viewBox="0 0 18 18" fill="none" xmlns="http://www.w3.org/2000/svg"><circle cx="9" cy="9" r="8" fill="#ffffff"/></svg>
    <div class="gradient-container"><div class="gradient"></div></div>
  </div>
  <div class="carousel">
    <a class="chip" href="https://vertexaisearch.cloud.google.com/grounding-api-redirect/tides">low tide harbour today</a>
    <a class="chip" href="https://vertexaisearch.cloud.google.com/grounding-api-redirect/quay">stone quay history</a>
  </div>
</div>
<script>parent.pwned = 1</script>
<img src="https://evil.example/pixel.png" onerror="parent.pwned = 1">
<meta http-equiv="refresh" content="0;url=https://evil.example/">`;

const answer = `A stone harbour at **low tide.** The quay was built in 1887, and the tide is lowest at 6:12.

- Two boats lie on the mud.
- The sign reads "No mooring".

The counted lamps:

This is how it looks at high tide:

All of it is *dry* at six.`;

function endOf(words: string): number {
	return answer.indexOf(words) + words.length;
}

function span(words: string): { readonly start: number; readonly end: number } {
	return { start: answer.indexOf(words), end: endOf(words) };
}

/** A finished turn with everything that can stand in and under an answer. */
export function grounded(turn: TurnState): TurnState {
	const redirect = 'https://vertexaisearch.cloud.google.com/grounding-api-redirect/';
	return {
		...turn,
		answer,
		items: [
			{
				kind: 'program',
				at: endOf('The counted lamps:\n\n'),
				language: 'PYTHON',
				code: 'lamps = [1, 1, 2, 1]\nprint(sum(lamps))\n',
				result: { failed: false, output: '5\n' },
			},
			{
				kind: 'image',
				at: endOf('high tide:\n\n'),
				file: 'drawn.jpg',
				mediaType: 'image/jpeg',
				signature: undefined,
			},
		],
		thoughts: {
			text: '**Looking at the tide**\n\nThe boats lie on the mud, so the tide is low.\n\n**Searching**\n\nThe quay has a date on it.',
			began: 800,
			ended: 14_900,
		},
		sources: [
			{
				uri: `${redirect}a`,
				title: 'harbours.example',
				host: 'vertexaisearch.cloud.google.com',
				spans: [span('The quay was built in 1887'), span('Two boats lie on the mud.')],
			},
			{
				uri: 'https://tides.example.org/today',
				title: 'Tide tables for every harbour of the coast',
				host: 'tides.example.org',
				spans: [span('The quay was built in 1887'), span('A stone harbour at **low tide.**'), { start: 5, end: 9_999 }],
			},
			{
				uri: 'http://www.example.com/',
				title: 'example.com',
				host: 'www.example.com',
				spans: [span('All of it is *dry* at six.')],
			},
		],
		search: { queries: ['low tide harbour today', 'stone quay history'], entryPoint },
		remarks: ['An image was too large for models.example; it was sent smaller.'],
		answeredBy: { name: 'gemini-2.5-flash', host: 'models.example' },
		asked: 'gemini-2.0-flash',
		usage: { prompt: 1519, images: 258, output: 403, thoughts: 120 },
		duration: 16_200,
	};
}

/** The conversation with its last turn grounded, and the image in it. */
export async function groundedConversation(
	state: ConversationState,
	imagePath: string,
): Promise<{ readonly state: ConversationState; readonly images: Readonly<Record<string, Uint8Array>> }> {
	const last = state.turns.at(-1);
	return {
		state: { ...state, turns: last ? [...state.turns.slice(0, -1), grounded(last)] : [] },
		images: { 'drawn.jpg': await readFile(imagePath) },
	};
}
