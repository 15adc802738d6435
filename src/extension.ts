import { commands, type ExtensionContext, type Uri, window } from 'vscode';
import { registerQuickFix } from './altText/quickFix.ts';
import { createOpenFile } from './attachments/open.ts';
import { act } from './commands/act.ts';
import { removeApiKey, setApiKey } from './commands/apiKey.ts';
import { describe } from './commands/describe.ts';
import { selectModel } from './commands/selectModel.ts';
import { writeAltText } from './commands/writeAltText.ts';
import { LastTextEditor } from './conversation/lastTextEditor.ts';
import { ConversationPanels } from './conversation/panels.ts';
import { conversationServices } from './conversation/services.ts';
import { ConversationStore } from './conversation/store.ts';
import type { Action } from './failures/action.ts';
import { createLog } from './failures/log.ts';
import { Consent } from './models/consent.ts';
import { Keys } from './models/keys.ts';
import { ModelSource } from './models/modelSource.ts';
import { OnDevice } from './models/onDevice.ts';

export function activate(context: ExtensionContext): void {
	const channel = window.createOutputChannel('Descry', { log: true });
	const log = createLog(channel);
	const keys = new Keys(context.secrets, process.env);
	const consent = new Consent(context.globalState);
	const onDevice = new OnDevice(context.extensionUri);
	const models = new ModelSource({
		keys,
		device: () => onDevice.model(),
		select: () => selectModel(keys),
		log: log.line,
	});
	const openFile = createOpenFile(() => onDevice.reader());
	const lastTextEditor = new LastTextEditor();
	const actOn = (action: Action): Promise<boolean> => act(action, { models, keys });
	const panels = new ConversationPanels({
		...conversationServices(models, consent, openFile, log.error),
		extensionUri: context.extensionUri,
		store: new ConversationStore(context.globalStorageUri),
		lastTextEditor,
		act: actOn,
		chooseModel: () => models.choose(),
		log: log.error,
	});
	const altText = { models, consent, openFile, act: actOn, log: log.error };
	context.subscriptions.push(
		channel,
		onDevice,
		lastTextEditor,
		panels.registerSerializer(),
		registerQuickFix(),
		commands.registerCommand('descry.describe', (uri?: Uri, uris?: readonly Uri[]) =>
			describe(panels, uri, uris, { newPanel: false }),
		),
		commands.registerCommand('descry.describeInNewPanel', (uri?: Uri, uris?: readonly Uri[]) =>
			describe(panels, uri, uris, { newPanel: true }),
		),
		commands.registerCommand('descry.writeAltText', (uri?: Uri, offset?: number) => writeAltText(altText, uri, offset)),
		commands.registerCommand('descry.selectModel', () => selectModel(keys)),
		commands.registerCommand('descry.setApiKey', () => setApiKey(keys)),
		commands.registerCommand('descry.removeApiKey', () => removeApiKey(keys)),
		commands.registerCommand('descry.showLog', () => channel.show()),
	);
}
