import { type ExtensionContext, window } from 'vscode';
import { Decisions } from './altText/decisions.ts';
import { registerDiagnostics } from './altText/diagnostics.ts';
import { registerHover } from './altText/hover.ts';
import { registerQuickFix } from './altText/quickFix.ts';
import { WrittenRoles } from './altText/writtenRoles.ts';
import { createFileOpener } from './attachments/open.ts';
import { CheckReport } from './commands/checkReport.ts';
import { askPassword } from './commands/pdfPassword.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { LastTextEditor } from './conversation/lastTextEditor.ts';
import type { ConversationPanels } from './conversation/panels.ts';
import { registerPanels } from './conversation/registerPanels.ts';
import type { Action } from './failures/action.ts';
import { createLog } from './failures/log.ts';
import { createMistakeTeller } from './failures/settingMistakes.ts';
import { Consent } from './models/consent.ts';
import { Keys } from './models/keys.ts';
import { LearnedRefusals } from './models/lists/learnedRefusals.ts';
import { ModelLists } from './models/lists/modelLists.ts';
import { ModelSource } from './models/modelSource.ts';
import { OnDevice } from './models/device/onDevice.ts';

export function activate(context: ExtensionContext): void {
	const channel = window.createOutputChannel('Descry', { log: true });
	const log = createLog(channel);
	const report = new CheckReport();
	const keys = new Keys(context.secrets, process.env);
	const lists = new ModelLists(context.globalState);
	const refusals = new LearnedRefusals(context.globalState);
	const consent = new Consent(context.globalState);
	const onDevice = new OnDevice(context.extensionUri, context.globalStorageUri);
	const models = new ModelSource({
		keys,
		lists,
		refusals,
		device: () => onDevice.model(),
		select: async () => (await import('./commands/selectModel.ts')).selectModel({ keys, lists }),
		readText: async (picture, signal) => (await onDevice.reader()).readText(picture, signal),
		log: log.line,
		tellMistakes: createMistakeTeller((sentence) => channel.warn(sentence)),
	});
	const files = createFileOpener(
		() => onDevice.reader(),
		askPassword,
		async (uri) => (await import('./privacy/exclude.ts')).isExcluded(uri),
	);
	const lastTextEditor = new LastTextEditor();
	const act = async (action: Action): Promise<boolean> =>
		(await import('./commands/act.ts')).act(action, { models, keys });
	let loaded: Promise<ConversationPanels> | undefined;
	const panels = (): Promise<ConversationPanels> => {
		loaded ??= import('./conversation/createPanels.ts').then(({ createPanels }) =>
			createPanels({ context, models, consent, files, lastTextEditor, act, log: log.error }),
		);
		return loaded;
	};
	const roles = new WrittenRoles();
	const altText = { models, consent, files, roles, act, log: log.error };
	const decisions = new Decisions(context.workspaceState);
	context.subscriptions.push(
		channel,
		report,
		onDevice,
		lastTextEditor,
		decisions,
		roles,
		registerPanels(panels),
		registerQuickFix(),
		registerHover(decisions),
		registerDiagnostics(decisions, log.error),
		registerCommands({
			panels,
			altText,
			decisions,
			lastTextEditor,
			models,
			keys,
			lists,
			refusals,
			report,
			channel,
			onDevice,
		}),
	);
}
