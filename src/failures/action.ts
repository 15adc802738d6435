/** What a failure offers as a button. */
export type Action = PlainAction | TimedAction;

export type PlainAction =
	| 'set-api-key'
	| 'choose-model'
	| 'try-again'
	/** Reads the files on this machine of which only the addresses were sent, and tries again. */
	| 'fetch-here'
	| 'check-connection'
	| 'open-settings'
	| 'open-proxy-settings'
	| 'show-log';

/** Tries again at a time, in epoch ms: when the server allows it. */
export type TimedAction = `try-again-at-${number}`;

export interface FailureNotice {
	/** What happened and what can be done, in a sentence or two. */
	readonly sentence: string;
	/** Most useful first; `show-log` last. */
	readonly actions: readonly Action[];
}

export function tryAgainAt(time: number): TimedAction {
	return `try-again-at-${time}`;
}

/** Epoch ms, or undefined for an action of any other kind. */
export function timeOf(action: Action): number | undefined {
	const time = /^try-again-at-(\d+)$/.exec(action)?.[1];
	return time === undefined ? undefined : Number(time);
}
