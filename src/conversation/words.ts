import { l10n } from 'vscode';
import type { Words } from './messages.ts';

/** The panel's words in the user's language. */
export function words(): Words {
	return {
		attachments: l10n.t('Files'),
		askLabel: l10n.t('Question about these files'),
		askPlaceholder: l10n.t('Ask about these files'),
		ask: l10n.t('Ask'),
		stop: l10n.t('Stop'),
		copy: l10n.t('Copy'),
		insert: l10n.t('Insert at cursor'),
		retry: l10n.t('Retry'),
		openInNewPanel: l10n.t('Open in new panel'),
		chooseModel: l10n.t('Choose a model'),
		noModel: l10n.t('No model chosen'),
		onDevice: l10n.t('on this device'),
		deviceOffer: l10n.t(
			'Text was recognised on this device; a model would also say what the pictures show and answer in its own words.',
		),
		answer: l10n.t('Answer'),
		status: {
			preparing: l10n.t('Reading the files'),
			waiting: l10n.t('Waiting for the answer'),
			answering: l10n.t('Answering'),
			done: l10n.t('Done'),
			stopped: l10n.t('Stopped'),
			failed: l10n.t('Failed'),
		},
		end: {
			length: l10n.t('The answer was cut off at its length limit.'),
			blocked: l10n.t('The rest of the answer was blocked by a content policy.'),
			refusal: l10n.t('The model refused to answer.'),
			unknown: l10n.t('The server did not say whether the answer is complete.'),
		},
		usage: l10n.t('{0} tokens in, {1} out'),
		seconds: l10n.t('{0} s'),
	};
}
