import { l10n } from 'vscode';
import type { CheckResult, CheckStep } from '../models/check/connectionCheck.ts';
import { type FailureContext, noticeOf } from './sentences.ts';

const steps: Readonly<Record<CheckStep, () => string>> = {
	server: () => l10n.t('Server'),
	key: () => l10n.t('API key'),
	model: () => l10n.t('Model'),
	text: () => l10n.t('Text'),
	streaming: () => l10n.t('Streaming'),
	images: () => l10n.t('Images'),
	pdf: () => l10n.t('PDF files'),
};

export function stepName(step: CheckStep): string {
	return steps[step]();
}

const outcomes: Readonly<Record<CheckResult['outcome'], () => string>> = {
	works: () => l10n.t('works'),
	fails: () => l10n.t('does not work'),
	unclear: () => l10n.t('not certain'),
	skipped: () => l10n.t('not tried'),
};

/** One line of a check: what, whether it works, and how that is known. */
/** Whom a check speaks of. */
type CheckContext = Required<Pick<FailureContext, 'host' | 'model'>>;

export function checkLine(result: CheckResult, context: CheckContext): string {
	return l10n.t('{0}: {1}. {2}', stepName(result.step), outcomes[result.outcome](), factSentence(result, context));
}

function factSentence({ step, fact }: CheckResult, context: CheckContext): string {
	const { host = '', model = '' } = context;
	switch (fact.kind) {
		case 'answers':
			return l10n.t('{0} answers, in {1}.', host, duration(fact.milliseconds));
		case 'key-accepted':
			return l10n.t('{0} accepted it.', host);
		case 'no-key-needed':
			return l10n.t('None was sent, and none was asked for.');
		case 'listed':
			return fact.count === 1
				? l10n.t('{0} is the one model in the list of {1}.', model, host)
				: l10n.t('{0} is one of {1} models in the list of {2}.', model, fact.count, host);
		case 'answered':
			return fact.by === undefined
				? l10n.t('{0} answered, in {1}.', model, duration(fact.milliseconds))
				: l10n.t('{0} answered in its place, in {1}.', fact.by, duration(fact.milliseconds));
		case 'streams':
			return l10n.t('The answer shows while it is written.');
		case 'saw':
			return l10n.t('It named the colour of a test picture.');
		case 'read-pdf':
			return l10n.t('It read the word in a test PDF.');
		case 'failure':
			return failureSentence(step, noticeOf(fact.failure, context).sentence);
		case 'guessed':
			return l10n.t(
				'It answered, but named another colour than that of the test picture: “{0}”',
				shortened(fact.answer),
			);
		case 'in-one-piece':
			return l10n.t('The answer came all at once. Something on the way may hold it back.');
		case 'key-not-judged':
			return l10n.t('The request failed before it was judged.');
		case 'no-list':
			return l10n.t('{0} gives no list of its models.', host);
		case 'not-listed':
			return l10n.t(
				'{0} is not among the {1} models in the list of {2}. Some answer all the same.',
				model,
				fact.count,
				host,
			);
		case 'answered-otherwise':
			return step === 'images'
				? l10n.t('It answered, but named no colour of the test picture: “{0}”', shortened(fact.answer))
				: l10n.t(
						'It answered without the word in the test PDF: “{0}” Descry sends text and pictures of the pages.',
						shortened(fact.answer),
					);
		case 'turned-off':
			return l10n.t('The settings turn it off.');
		case 'not-reached':
			return l10n.t('What comes before it does not work.');
	}
}

/** A server that takes no PDF still gets what is in it. */
function failureSentence(step: CheckStep, sentence: string): string {
	switch (step) {
		case 'pdf':
			return l10n.t('{0} Descry sends text and pictures of the pages instead.', sentence);
		case 'streaming':
			return l10n.t('{0} The whole answer at once works: set “stream” to false in the settings.', sentence);
		case 'server':
		case 'key':
		case 'model':
		case 'text':
		case 'images':
			return sentence;
	}
}

function duration(milliseconds: number): string {
	return milliseconds < 1000
		? l10n.t('{0} ms', Math.round(milliseconds))
		: l10n.t('{0} s', (milliseconds / 1000).toFixed(1));
}

function shortened(answer: string): string {
	const line = answer.replaceAll(/\s+/g, ' ').trim();
	return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

/** What a check comes to, in a sentence or two. */
export function checkSummary(results: readonly CheckResult[], { host = '', model = '' }: CheckContext): string {
	const failed = results.find(
		({ step, outcome }) =>
			outcome === 'fails' && (step === 'server' || step === 'key' || step === 'model' || step === 'text'),
	);
	if (failed) {
		return factSentence(failed, { host, model });
	}
	const outcomeOf = (step: CheckStep): CheckResult['outcome'] | undefined =>
		results.find((result) => result.step === step)?.outcome;
	switch (outcomeOf('images')) {
		case 'works':
			return outcomeOf('pdf') === 'works'
				? l10n.t('{0} answers, sees images and reads PDF files.', model)
				: l10n.t('{0} answers and sees images. Of PDF files it gets text and pictures of the pages.', model);
		case 'fails':
			return l10n.t('{0} answers, but sees no images.', model);
		case 'unclear':
		case 'skipped':
		case undefined:
			return l10n.t('{0} answers. Whether it sees images could not be told.', model);
	}
}
