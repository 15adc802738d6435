import { env, l10n } from 'vscode';
import type { Attachment } from '../attachments/attachment.ts';
import type { OpenFile } from '../attachments/open.ts';
import type { FailureNotice } from '../failures/action.ts';
import { repairSentence, waitSentence } from '../failures/attemptSentences.ts';
import { actionLabel, attachmentSentence, noticeOf } from '../failures/sentences.ts';
import type { Consent } from '../models/consent.ts';
import { formatBytes } from '../models/formatBytes.ts';
import type { CoverageEvent } from '../models/model.ts';
import type { ModelSource } from '../models/modelSource.ts';
import type { AnswerImages, ConversationServices } from './conversation.ts';
import type { TurnFailure } from './messages.ts';

/** What conversations need of VS Code: the model, the files, the questions, the sentences. */
export function conversationServices(
	models: ModelSource,
	consent: Consent,
	open: OpenFile,
	images: AnswerImages,
	log: (error: unknown) => void,
): ConversationServices {
	return {
		model: () => models.current(),
		open,
		mayAnswer: (model, files) => consent.mayAnswer(model, files),
		detail,
		images,
		sentences: {
			coverage,
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

/** Says what of a PDF was read, and what was not. */
function coverage({ name, pageCount, textPages, picturePages }: CoverageEvent): string {
	const read = [...new Set([...textPages, ...picturePages])].sort((one, other) => one - other);
	const pages = ranges(read) || '–';
	const pictures = picturePages.length;
	if (read.length === pageCount) {
		return pictures === 0
			? l10n.t('{0}: read all {1} pages.', name, pageCount)
			: l10n.t('{0}: read all {1} pages, {2} of them as pictures.', name, pageCount, pictures);
	}
	return pictures === 0
		? l10n.t('{0}: read pages {1} of {2}. The rest was not read.', name, pages, pageCount)
		: l10n.t(
				'{0}: read pages {1} of {2}, {3} of them as pictures. The rest was not read.',
				name,
				pages,
				pageCount,
				pictures,
			);
}

/** `1-4, 9` */
function ranges(numbers: readonly number[]): string {
	const runs: { first: number; last: number }[] = [];
	for (const number of numbers) {
		const run = runs.at(-1);
		if (run?.last === number - 1) {
			run.last = number;
		} else {
			runs.push({ first: number, last: number });
		}
	}
	return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
