import { env, l10n, ProgressLocation, window } from 'vscode';
import type { Action } from '../failures/action.ts';
import { repairSentence, waitSentence } from '../failures/attemptSentences.ts';
import { checkLine, checkSummary, stepName } from '../failures/checkSentences.ts';
import { isAbort } from '../failures/isAbort.ts';
import { actionLabel, noticeOf } from '../failures/sentences.ts';
import type { CheckResult } from '../models/check/connectionCheck.ts';
import { hostOf, transitTo } from '../models/settings/endpoints.ts';
import type { Keys } from '../models/keys.ts';
import type { LearnedRefusals } from '../models/lists/learnedRefusals.ts';
import { deviceModelId } from '../models/modelId.ts';
import type { ModelSource } from '../models/modelSource.ts';
import type { ModelTarget } from '../models/modelTarget.ts';
import { modelSetting } from '../models/settings/settings.ts';
import { setApiKey } from './apiKey.ts';
import type { CheckReport } from './checkReport.ts';

export interface CheckServices {
	readonly models: ModelSource;
	readonly keys: Keys;
	readonly report: CheckReport;
	readonly act: (action: Action) => Promise<boolean>;
	readonly log: (line: string) => void;
	readonly refusals: LearnedRefusals;
}

/** Finds out what works with the model in use, or another, writes it down line by line, and says what it comes to. */
export async function checkConnection(services: CheckServices, target?: ModelTarget): Promise<void> {
	const current = modelSetting();
	if (!target && (current === deviceModelId || current.startsWith('vscode/'))) {
		void window.showInformationMessage(
			current === deviceModelId
				? l10n.t('The reader on this device needs no connection.')
				: l10n.t('VS Code itself connects to the model in use: there is nothing to check here.'),
		);
		return;
	}
	const known = target ?? (await services.models.target());
	const chosen = known ?? ((await services.models.choose('anything')) && (await services.models.target()));
	if (!chosen) {
		return;
	}
	if (await mayAsk(chosen)) {
		await check(services, chosen);
	}
}

/** Asking costs something, if little: that is said before. A server on this machine costs nothing. */
async function mayAsk({ endpoint, model }: ModelTarget): Promise<boolean> {
	if (transitTo(endpoint) === 'none') {
		return true;
	}
	const start = l10n.t('Check');
	const answer = await window.showInformationMessage(
		l10n.t('Check the connection to {0}?', hostOf(endpoint)),
		{
			modal: true,
			detail: l10n.t(
				'{0} is asked three short questions, with a test picture of one colour and a test PDF of one word. None of your files is sent. It costs some hundred tokens, more if the model thinks before it answers.',
				model,
			),
		},
		start,
	);
	return answer === start;
}

async function check(services: CheckServices, target: ModelTarget): Promise<void> {
	const { endpoint, model } = target;
	const context = { host: hostOf(endpoint), model };
	const now = new Date().toLocaleString(env.language);
	const report = services.report.begin(l10n.t('Connection check of {0} at {1}, {2}', model, context.host, now));
	const results: CheckResult[] = [];
	try {
		await window.withProgress(
			{
				location: ProgressLocation.Notification,
				cancellable: true,
				title: l10n.t('Checking {0} at {1}', model, context.host),
			},
			async (progress, token) => {
				const stop = new AbortController();
				token.onCancellationRequested(() => stop.abort());
				const [{ checkConnection: run }, key] = await Promise.all([
					import('../models/check/connectionCheck.ts'),
					services.keys.keyFor(endpoint),
				]);
				const { log } = services;
				const options = { key, signal: stop.signal, log, parameters: target.parameters };
				for await (const event of run(endpoint, model, options)) {
					switch (event.kind) {
						case 'asking':
							progress.report({ message: stepName(event.step) });
							break;
						case 'wait':
							progress.report({ message: waitSentence(event, context.host) });
							break;
						case 'repair':
							report.appendLine(repairSentence(event.repair, context.host));
							break;
						case 'result':
							results.push(event.result);
							report.appendLine(checkLine(event.result, context));
							break;
					}
				}
			},
		);
	} catch (error) {
		if (!isAbort(error)) {
			throw error;
		}
		report.appendLine(l10n.t('Stopped.'));
		return;
	}
	const summary = checkSummary(results, context);
	report.appendLine('');
	report.appendLine(summary);
	await offer(services, target, results, summary);
}

/** Says what the check comes to, with what helps where something that matters does not work. */
async function offer(
	services: CheckServices,
	target: ModelTarget,
	results: readonly CheckResult[],
	summary: string,
): Promise<void> {
	const actions = actionsFor(results, { host: hostOf(target.endpoint), model: target.model });
	const buttons = actions.map(actionLabel);
	const learned = await services.refusals.learned();
	const forget =
		learned.of(target.endpoint, target.model).length > 0 ? [l10n.t('Forget what was learned about this server')] : [];
	const chosen = await (actions.length === 0
		? window.showInformationMessage(summary, ...forget)
		: window.showWarningMessage(summary, ...buttons, ...forget));
	if (chosen !== undefined && forget.includes(chosen)) {
		learned.forget(target.endpoint);
		return;
	}
	const action = actions[buttons.indexOf(chosen ?? '')];
	if (action === 'choose-model') {
		if (await services.act(action)) {
			await checkConnection(services);
		}
		return;
	}
	// What was checked need not be the model in use.
	const again =
		action === 'set-api-key'
			? (await setApiKey(services.keys, target.endpoint)) !== undefined
			: action !== undefined && (await services.act(action));
	if (again) {
		await check(services, target);
	}
}

function actionsFor(
	results: readonly CheckResult[],
	context: { readonly host: string; readonly model: string },
): readonly Action[] {
	const failed = results.find(({ step, outcome }) => outcome === 'fails' && step !== 'pdf' && step !== 'streaming');
	if (!failed || failed.outcome !== 'fails') {
		return [];
	}
	return failed.fact.kind === 'failure'
		? noticeOf(failed.fact.failure, context).actions.filter((action) => action !== 'check-connection')
		: ['choose-model'];
}
