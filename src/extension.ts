import { type ExtensionContext, window } from 'vscode';
import { Decisions } from './altText/findings/decisions.ts';
import { registerDiagnostics } from './altText/findings/diagnostics.ts';
import { registerHover } from './altText/findings/hover.ts';
import { registerQuickFix } from './altText/quickFix.ts';
import { WrittenRoles } from './altText/roles/writtenRoles.ts';
import { createFileOpener } from './attachments/open.ts';
import { CheckReport } from './commands/checkReport.ts';
import { askPassword } from './commands/pdfPassword.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { LastTextEditor } from './conversation/lastTextEditor.ts';
import { panelsOnFirstUse, registerPanels } from './conversation/registerPanels.ts';
import type { Action } from './failures/action.ts';
import { createLog } from './failures/log.ts';
import { createModelServices } from './models/modelServices.ts';
import type { Subject } from './models/modelSource.ts';

export function activate(context: ExtensionContext): void {
	const channel = window.createOutputChannel('Descry', { log: true });
	const log = createLog(channel);
	const report = new CheckReport();
	const toldMistakes = new Set<string>();
	const services = createModelServices(context, {
		select: async (choices, subject) => (await import('./commands/selectModel.ts')).selectModel(choices, subject),
		log: log.line,
		tellMistakes: async (mistakes) => {
			const { tellMistakes } = await import('./failures/settingMistakes.ts');
			tellMistakes(mistakes, toldMistakes, (sentence) => channel.warn(sentence));
		},
	});
	const { models, keys, consent, onDevice } = services;
	const files = createFileOpener(
		() => onDevice.reader(),
		askPassword,
		async (uri) => (await import('./privacy/exclude.ts')).isExcluded(uri),
	);
	const lastTextEditor = new LastTextEditor();
	const act = async (action: Action, subject: Subject): Promise<boolean> =>
		(await import('./commands/act.ts')).act(action, { models, keys }, subject);
	const about = (subject: Subject) => (action: Action) => act(action, subject);
	const panels = panelsOnFirstUse({ context, models, consent, files, lastTextEditor, act, log: log.error });
	const altText = { models, consent, files, roles: new WrittenRoles(), act: about('images'), log: log.error };
	const decisions = new Decisions(context.workspaceState);
	const surface = { act: about('anything'), decisions, lastTextEditor };
	context.subscriptions.push(
		channel,
		report,
		onDevice,
		lastTextEditor,
		decisions,
		altText.roles,
		registerPanels(panels, files.open),
		registerQuickFix(),
		registerHover(decisions),
		registerDiagnostics(decisions, log.error),
		registerCommands({ ...services, ...surface, panels, altText, report, channel }),
	);
}
