import { env } from 'vscode';

/** Shorter waits are told in seconds. ms */
const shortWait = 60_000;

/** Nobody waits longer in front of a screen. ms */
const dayLong = 12 * 60 * 60 * 1000;

/** Whether a wait, in ms, is one for the clock: minutes to hours. */
export function longWait(milliseconds: number | undefined): milliseconds is number {
	return milliseconds !== undefined && milliseconds >= shortWait && milliseconds <= dayLong;
}

/** `14:05`, as people write it in the language of VS Code. In the minute after the time, so that it is never too early. */
export function clockTime(time: number): string {
	const minute = 60_000;
	return new Date(Math.ceil(time / minute) * minute).toLocaleTimeString(env.language, {
		hour: '2-digit',
		minute: '2-digit',
	});
}
