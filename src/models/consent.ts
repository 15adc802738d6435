import { l10n, type Memento, type Uri, window } from 'vscode';
import type { Model } from './model.ts';
import type { Estimate } from './parts/estimate.ts';
import { confirmHostsSetting } from './settings/settings.ts';

/** More files than this are sent, or read, only after a question. */
const fewFiles = 5;

/** A file that a model is to get. */
export interface LeavingFile {
	readonly name: string;
	/** Bytes; undefined where only the address leaves, which then is the name. */
	readonly size: number | undefined;
	/** An image unless set. */
	readonly kind?: 'image' | 'pdf';
	/** Unless it was asked about already where the file is. */
	readonly uri?: Uri | undefined;
}

/**
 * Asks before files leave for a host that never got any, before any leave that are not in the workspace, and before
 * many are read at once; all in one question.
 */
export class Consent {
	readonly #memento: Memento;
	/** What lies outside the workspace and was let go to a host, in this window. */
	readonly #allowedOutside = new Set<string>();

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	/**
	 * True when the files may go to the model.
	 * @param estimate Finds out what of them goes there, where somebody knows; called when there is a question.
	 */
	async mayAnswer(
		model: Model,
		files: readonly LeavingFile[],
		estimate: () => Promise<Estimate> | undefined,
	): Promise<boolean> {
		const isNewHost = model.transit !== 'none' && this.#isUnknown(model);
		const { filesOutside } = await import('../privacy/filesOutside.ts');
		const outside = model.transit === 'none' ? [] : await filesOutside(files.flatMap(({ uri }) => uri ?? []));
		const newOutside = outside.filter((sentence) => !this.#allowedOutside.has(outsideKey(model, sentence)));
		if (!isNewHost && newOutside.length === 0 && files.length <= fewFiles) {
			return true;
		}
		const send = model.transit === 'none' ? l10n.t('Read') : l10n.t('Send');
		const { consentQuestion, consentDetail } = await import('./consentWords.ts');
		const detail = consentDetail(model, files, { isNewHost, outside: newOutside, estimate: await estimate() });
		const answer = await window.showWarningMessage(consentQuestion(model, files), { modal: true, detail }, send);
		if (answer !== send) {
			return false;
		}
		newOutside.forEach((sentence) => this.#allowedOutside.add(outsideKey(model, sentence)));
		if (isNewHost) {
			await this.#memento.update(mementoKey(model), true);
		}
		return true;
	}

	/** True when an image may be read from this host on the web; asked about once for each. */
	async mayFetch(host: string, address: string): Promise<boolean> {
		if (this.isFetched(host)) {
			return true;
		}
		const read = l10n.t('Read it');
		const answer = await window.showWarningMessage(
			l10n.t('Read the image from {0}?', host),
			{ modal: true, detail: l10n.t('The document shows {0}. Descry asks about each host once.', address) },
			read,
		);
		if (answer === read) {
			await this.allowFetching([host]);
		}
		return answer === read;
	}

	/** Whether images were let read from this host on the web. */
	isFetched(host: string): boolean {
		return this.#memento.get(fetchKey(host)) === true;
	}

	/** Keeps that the user agreed to images being read from these hosts. */
	async allowFetching(hosts: readonly string[]): Promise<void> {
		for (const host of new Set(hosts)) {
			await this.#memento.update(fetchKey(host), true);
		}
	}

	#isUnknown(model: Model): boolean {
		// The setting turns off the question per host; that a file travels unencrypted is always said once.
		return (confirmHostsSetting() || model.transit === 'plain') && this.#memento.get(mementoKey(model)) !== true;
	}
}

function mementoKey({ transit, host }: Model): string {
	return `consent:${transit}:${host ?? ''}`;
}

function fetchKey(host: string): string {
	return `fetch:${host}`;
}

function outsideKey({ transit, host }: Model, sentence: string): string {
	return `${transit} ${host ?? ''} ${sentence}`;
}
