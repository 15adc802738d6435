/** What a failure offers as a button. */
export type Action =
	'set-api-key' | 'choose-model' | 'try-again' | 'open-settings' | 'open-proxy-settings' | 'show-log';

export interface FailureNotice {
	/** What happened and what can be done, in a sentence or two. */
	readonly sentence: string;
	/** Most useful first; `show-log` last. */
	readonly actions: readonly Action[];
}
