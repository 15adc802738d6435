import { type ExtensionContext, workspace } from 'vscode';
import type { FileOpener } from '../attachments/open.ts';
import type { Action } from '../failures/action.ts';
import type { Consent } from '../models/consent.ts';
import type { ModelSource, Subject } from '../models/modelSource.ts';
import type { LastTextEditor } from './lastTextEditor.ts';
import { ConversationPanels } from './panels.ts';
import { conversationServices } from './services.ts';
import { ConversationStore } from './store.ts';

export interface PanelsParts {
	readonly context: Pick<ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'subscriptions'>;
	readonly models: ModelSource;
	readonly consent: Consent;
	readonly files: FileOpener;
	readonly lastTextEditor: LastTextEditor;
	/** Carries out a button of a failure; true when the question should be asked again. */
	readonly act: (action: Action, subject: Subject) => Promise<boolean>;
	readonly log: (error: unknown) => void;
}

/** Everything about conversations, loaded with the first of them. */
export function createPanels({
	context,
	models,
	consent,
	files,
	lastTextEditor,
	act,
	log,
}: PanelsParts): ConversationPanels {
	const store = new ConversationStore(context.globalStorageUri);
	store.prune().catch(log);
	const panels = new ConversationPanels({
		...conversationServices(models, consent, files, store.images, log),
		extensionUri: context.extensionUri,
		store,
		lastTextEditor,
		act,
		chooseModel: (subject) => models.choose(subject),
		log,
	});
	const showModel = async (): Promise<void> => {
		const model = await models.chosen();
		if (model) {
			panels.showModel(model);
		}
	};
	context.subscriptions.push(
		workspace.onDidChangeConfiguration((change) => {
			if (change.affectsConfiguration('descry.model') || change.affectsConfiguration('descry.endpoints')) {
				showModel().catch(log);
			}
		}),
	);
	return panels;
}
