import { l10n, window } from 'vscode';
import { AttachmentFailure } from '../attachments/attachmentFailure.ts';
import { isAbort } from '../failures/isAbort.ts';
import { actionLabel, noticeOf } from '../failures/sentences.ts';
import type { Model } from '../models/model.ts';
import type { AltTextServices } from './ask.ts';

/** Says what went wrong about an image; true when the user wants another try. An abort is the user's own doing. */
export async function reportFailure(
	services: AltTextServices,
	error: unknown,
	model: Model | undefined,
	target: string,
): Promise<boolean> {
	if (isAbort(error)) {
		return false;
	}
	services.log(error);
	const { sentence, actions } = noticeOf(error, { host: model?.host, model: model?.name });
	const words = error instanceof AttachmentFailure ? l10n.t('{0}: {1}', target, sentence) : sentence;
	const chosen = await window.showErrorMessage(words, ...actions.map(actionLabel));
	const action = actions.find((one) => actionLabel(one) === chosen);
	return action !== undefined && services.act(action);
}
