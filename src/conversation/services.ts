import { env, l10n } from 'vscode';
import type { Attachment } from '../attachments/attachment.ts';
import { type FileOpener, uriOfText } from '../attachments/open.ts';
import type { FailureNotice } from '../failures/action.ts';
import { repairSentence, waitSentence } from '../failures/attemptSentences.ts';
import { actionLabel, attachmentSentence, noticeOf } from '../failures/sentences.ts';
import type { Consent } from '../models/consent.ts';
import { formatBytes } from '../models/formatBytes.ts';
import type { ModelSource } from '../models/modelSource.ts';
import type { AnswerImages, ConversationServices } from './conversation.ts';
import { coverageSentence, framesSentence } from './coverageSentence.ts';
import type { TurnFailure } from './messages.ts';

/** What conversations need of VS Code: the model, the files, the questions, the sentences. */
export function conversationServices(
	models: ModelSource,
	consent: Consent,
	{ open, refuseExcluded }: FileOpener,
	images: AnswerImages,
	log: (error: unknown) => void,
): ConversationServices {
	return {
		model: (subject) => models.current(subject),
		open,
		refuseExcluded,
		mayAnswer: async (model, { attachments, files, addresses }, signal) =>
			consent.mayAnswer(
				model,
				[
					...files.map((file, index) => ({
						...file,
						uri: uriOfText(file.uri),
						kind: attachments[index]?.kind ?? 'image',
					})),
					...addresses.map(({ url }) => ({ name: url.href, size: undefined })),
				],
				() => (attachments.length === 0 ? undefined : model.estimate?.([attachments], signal)),
			),
		detail,
		addressDetail: () => l10n.t('Only its address is sent'),
		fetchedDetail: ({ bytes, of }) =>
			of === undefined
				? l10n.t('{0} fetched', formatBytes(bytes))
				: l10n.t('{0} of {1} fetched', formatBytes(bytes), formatBytes(of)),
		images,
		sentences: {
			coverage: coverageSentence,
			frames: framesSentence,
			wait: waitSentence,
			repair: repairSentence,
			call: (name) => l10n.t('The model asked to run “{0}”, which Descry does not do.', name),
		},
		fileFailure: (error) => {
			log(error);
			return attachmentSentence(error);
		},
		failure: (error, context) => {
			log(error);
			return withLabels('error', noticeOf(error, context));
		},
		noModel: () => ({
			tone: 'neutral',
			sentence: l10n.t('No model was chosen, so nothing was sent.'),
			actions: [{ action: 'choose-model', label: l10n.t('Choose a model') }],
		}),
		notAllowed: () =>
			withLabels('neutral', { sentence: l10n.t('Nothing was sent.'), actions: ['try-again', 'choose-model'] }),
		addressNotTaken: ({ name }) =>
			withLabels('neutral', {
				sentence: l10n.t('{0} does not fetch this file from the web itself. Nothing was sent.', name),
				actions: ['fetch-here', 'choose-model'],
			}),
		changedRemark: (name) => l10n.t('{0} has changed since the question before and was read anew.', name),
		describeLabel: () => l10n.t('Describe'),
		language: env.language,
		everySecond: (tick) => {
			const timer = setInterval(tick, 1_000);
			return () => clearInterval(timer);
		},
	};
}

function withLabels(tone: TurnFailure['tone'], { sentence, actions }: FailureNotice): TurnFailure {
	return { tone, sentence, actions: actions.map((action) => ({ action, label: actionLabel(action) })) };
}

function detail(attachment: Attachment): string {
	const bytes = formatBytes(attachment.fileSize);
	switch (attachment.kind) {
		case 'image':
			return l10n.t('{0} × {1} px, {2}', attachment.width, attachment.height, bytes);
		case 'pdf':
			return attachment.pages.length === 1
				? l10n.t('1 page, {0}', bytes)
				: l10n.t('{0} pages, {1}', attachment.pages.length, bytes);
	}
}
