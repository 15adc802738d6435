import { commands, env, l10n, Uri, type ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { uriOfText } from '../attachments/open.ts';
import { isOnWeb } from '../attachments/web/onWeb.ts';
import type { Action } from '../failures/action.ts';
import type { Model } from '../models/model.ts';
import type { Subject } from '../models/modelSource.ts';
import { readPageAddress, withoutPageLinks } from '../models/pageLink.ts';
import { Conversation, type ConversationServices } from './conversation.ts';
import type { LastTextEditor } from './lastTextEditor.ts';
import type { ConversationState, FromWebview, ToWebview } from './messages.ts';
import { showPage } from './pagePictures.ts';
import { ConversationSaving } from './saving.ts';
import { keptAttachments } from './state.ts';
import type { ConversationStore } from './store.ts';
import { webviewPage } from './webviewPage.ts';
import { words } from './words.ts';

/** Text of a running answer is sent at most this often, ms: about once a frame. */
const frame = 16;

/** What the buttons of an attachment run on its file. */
const attachmentCommands = {
	'open-attachment': 'vscode.open',
	'insert-image': 'descry.insertImage',
	'copy-alt-text': 'descry.copyAltText',
} as const;

export interface PanelServices extends ConversationServices {
	readonly extensionUri: Uri;
	readonly store: ConversationStore;
	readonly lastTextEditor: LastTextEditor;
	/** Carries out a button of a failure; true when the question should be asked again. */
	readonly act: (action: Action, subject: Subject) => Promise<boolean>;
	/** Lets the user choose what answers from now on. */
	readonly chooseModel: (subject: Subject) => Promise<Model | undefined>;
	readonly openInNewPanel: (state: ConversationState) => Promise<void>;
	readonly log: (error: unknown) => void;
}

/** One webview panel and the conversation it shows. */
export class ConversationPanel {
	readonly #panel: WebviewPanel;
	readonly #services: PanelServices;
	#conversation: Conversation;
	#isReady = false;
	#pending = { text: '', thought: '' };
	#pendingTurn = 0;
	#timer: NodeJS.Timeout | undefined;
	#lastSent = 0;
	#saving: ConversationSaving;

	constructor(panel: WebviewPanel, state: ConversationState, services: PanelServices, disposed: () => void) {
		this.#panel = panel;
		this.#services = services;
		this.#conversation = this.#converse(state);
		this.#saving = this.#keepSaved();
		panel.iconPath = Uri.joinPath(services.extensionUri, 'media', 'icon.png');
		panel.webview.options = {
			enableScripts: true,
			localResourceRoots: [Uri.joinPath(services.extensionUri, 'dist', 'media'), services.store.folder],
		};
		panel.webview.onDidReceiveMessage((message: FromWebview) => {
			this.#receive(message).catch(services.log);
		});
		panel.onDidDispose(() => {
			this.#conversation.dispose();
			clearTimeout(this.#timer);
			void this.#saving.end().then(() => services.store.remove(this.#conversation.state.id));
			disposed();
		});
		panel.webview.html = webviewPage(panel.webview, services.extensionUri, words(), env.language);
	}

	get isVisible(): boolean {
		return this.#panel.visible;
	}

	get viewColumn(): ViewColumn | undefined {
		return this.#panel.viewColumn;
	}

	get conversation(): Conversation {
		return this.#conversation;
	}

	reveal(): void {
		this.#panel.reveal(undefined, true);
	}

	/** Shows another conversation in this panel; the former one ends. */
	replace(state: ConversationState): Conversation {
		const former = this.#conversation;
		former.dispose();
		void this.#saving.end().then(() => this.#services.store.remove(former.state.id));
		this.#dropPending();
		this.#conversation = this.#converse(state);
		this.#saving = this.#keepSaved();
		this.#changed(state);
		return this.#conversation;
	}

	#converse(state: ConversationState): Conversation {
		this.#panel.title = titleOf(state);
		return new Conversation(state, this.#services, {
			changed: (changed) => this.#changed(changed),
			grew: (turn, kind, text) => this.#grew(turn, kind, text),
		});
	}

	#changed(state: ConversationState): void {
		this.#dropPending();
		this.#panel.title = titleOf(state);
		this.#sendState(state);
		this.#saving.save(state);
	}

	/** Text is gathered for a frame, except the first of a pause, which goes at once. */
	#grew(turn: number, kind: 'text' | 'thought', text: string): void {
		this.#saving.saveSoon(() => this.#conversation.state);
		this.#pending[kind] += text;
		this.#pendingTurn = turn;
		const wait = this.#lastSent + frame - performance.now();
		if (wait <= 0) {
			this.#flush();
		} else {
			this.#timer ??= setTimeout(() => this.#flush(), wait);
		}
	}

	#flush(): void {
		const { text, thought: thoughts } = this.#pending;
		this.#dropPending();
		this.#lastSent = performance.now();
		this.#send({ kind: 'grew', turn: this.#pendingTurn, text, thoughts });
	}

	/** The state holds it already. */
	#dropPending(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#pending = { text: '', thought: '' };
	}

	#sendState(state: ConversationState): void {
		const images = this.#panel.webview.asWebviewUri(this.#services.store.images.folder(state.id)).toString();
		this.#send({ kind: 'state', state, images });
	}

	#send(message: ToWebview): void {
		if (this.#isReady) {
			void this.#panel.webview.postMessage(message);
		}
	}

	#keepSaved(): ConversationSaving {
		return new ConversationSaving((state) => this.#services.store.save(state), this.#services.log);
	}

	async #receive(message: FromWebview): Promise<void> {
		switch (message.kind) {
			case 'ready':
				this.#isReady = true;
				this.#sendState(this.#conversation.state);
				return;
			case 'ask':
				if (typeof message.question === 'string' && message.question.trim() !== '') {
					await this.#conversation.ask(message.question.trim());
				}
				return;
			case 'stop':
				this.#conversation.stop();
				return;
			case 'copy':
				await env.clipboard.writeText(this.#answer(message.turn));
				window.setStatusBarMessage(l10n.t('Copied'), 2_000);
				return;
			case 'insert':
				await this.#services.lastTextEditor.insert(this.#answer(message.turn));
				return;
			case 'save-image':
				await this.#saveImage(message.turn, message.item);
				return;
			case 'image-copied':
				if (message.success) {
					window.setStatusBarMessage(l10n.t('Copied'), 2_000);
				} else {
					void window.showWarningMessage(l10n.t('The image could not be copied. Save it instead.'));
				}
				return;
			case 'open-page':
				await this.#openPage(message.address);
				return;
			case 'open-link':
				// `vscode:` and `command:` could act on the editor (platform.md 3.4).
				if (typeof message.address === 'string' && /^(?:https?|mailto):/i.test(message.address)) {
					// As a text: a Uri of VS Code's has other escapes.
					await commands.executeCommand('vscode.open', message.address);
				}
				return;
			case 'open-attachment':
			case 'insert-image':
			case 'copy-alt-text': {
				const attachment = this.#conversation.state.attachments[message.index];
				if (attachment) {
					const { uri } = attachment;
					// What is on the web opens in the browser, as a text: VS Code would write its Uri with other escapes.
					const file = message.kind === 'open-attachment' && isOnWeb(uri) ? uri : uriOfText(uri);
					await commands.executeCommand(attachmentCommands[message.kind], file);
				}
				return;
			}
			case 'send-strip':
				this.#conversation.sendStrip(message.index, message.on);
				return;
			case 'remove-attachment':
				this.#conversation.remove(message.index);
				return;
			case 'open-in-new-panel':
				await this.#services.openInNewPanel(this.#conversation.state);
				return;
			case 'choose-model': {
				const model = await this.#services.chooseModel(this.#conversation.subject);
				if (model) {
					this.#conversation.useModel({ name: model.name, host: model.host });
				}
				return;
			}
			case 'act': {
				const conversation = this.#conversation;
				const last = conversation.state.turns.at(-1);
				// It may take minutes: until then the panel may show something else.
				if ((await this.#services.act(message.action, conversation.subject)) && last) {
					await conversation.retry(last, { fetchHere: message.action === 'fetch-here' });
				}
				return;
			}
		}
	}

	async #saveImage(turn: number, index: number): Promise<void> {
		const { id, turns, attachments } = this.#conversation.state;
		const item = turns.find((one) => one.id === turn)?.items[index];
		if (item?.kind !== 'image') {
			return;
		}
		const bytes = await this.#services.store.images.read(id, item.file);
		if (!bytes) {
			void window.showWarningMessage(l10n.t('The image is no longer there.'));
			return;
		}
		const extension = item.file.slice(item.file.lastIndexOf('.'));
		const beside = attachments[0] && !isOnWeb(attachments[0].uri) ? Uri.parse(attachments[0].uri) : undefined;
		const target = await window.showSaveDialog({
			...(beside ? { defaultUri: Uri.joinPath(beside, '..', `${l10n.t('image')}${extension}`) } : {}),
			filters: { [l10n.t('Images')]: [extension.slice(1)] },
		});
		if (target) {
			await workspace.fs.writeFile(target, bytes);
		}
	}

	#answer(turn: number): string {
		return withoutPageLinks(this.#conversation.state.turns.find(({ id }) => id === turn)?.answer ?? '');
	}

	async #openPage(address: string): Promise<void> {
		const place = readPageAddress(address);
		const file = place && this.#conversation.state.attachments[place.file - 1];
		if (place && file?.kind === 'pdf') {
			await showPage(l10n.t('{0}, page {1}', file.name, place.page), { pdf: file.uri, page: place.page });
		}
	}
}

function titleOf(state: ConversationState): string {
	const attachments = keptAttachments(state);
	const [first] = attachments;
	if (!first) {
		return 'Descry';
	}
	return attachments.length === 1 ? first.name : l10n.t('{0} and {1} more', first.name, attachments.length - 1);
}
