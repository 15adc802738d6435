import { commands, env, l10n, Uri, type ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Action } from '../failures/action.ts';
import type { Model } from '../models/model.ts';
import { Conversation, type ConversationServices } from './conversation.ts';
import type { LastTextEditor } from './lastTextEditor.ts';
import type { ConversationState, FromWebview, ToWebview } from './messages.ts';
import type { ConversationStore } from './store.ts';
import { webviewPage } from './webviewPage.ts';
import { words } from './words.ts';

/** Text of a running answer is sent at most this often, ms: about once a frame. */
const frame = 16;

export interface PanelServices extends ConversationServices {
	readonly extensionUri: Uri;
	readonly store: ConversationStore;
	readonly lastTextEditor: LastTextEditor;
	/** Carries out a button of a failure; true when the question should be asked again. */
	readonly act: (action: Action) => Promise<boolean>;
	/** Lets the user choose what answers from now on. */
	readonly chooseModel: () => Promise<Model | undefined>;
	readonly openInNewPanel: (state: ConversationState) => void;
	readonly log: (error: unknown) => void;
}

/** One webview panel and the conversation it shows. */
export class ConversationPanel {
	readonly #panel: WebviewPanel;
	readonly #services: PanelServices;
	#conversation: Conversation;
	#isReady = false;
	#pendingText = '';
	#pendingTurn = 0;
	#timer: NodeJS.Timeout | undefined;
	#lastSent = 0;
	#saving: Promise<void> = Promise.resolve();

	constructor(panel: WebviewPanel, state: ConversationState, services: PanelServices, disposed: () => void) {
		this.#panel = panel;
		this.#services = services;
		this.#conversation = this.#converse(state);
		panel.iconPath = Uri.joinPath(services.extensionUri, 'media', 'icon.png');
		panel.webview.options = {
			enableScripts: true,
			localResourceRoots: [Uri.joinPath(services.extensionUri, 'dist', 'media')],
		};
		panel.webview.onDidReceiveMessage((message: FromWebview) => {
			this.#receive(message).catch(services.log);
		});
		panel.onDidDispose(() => {
			this.#conversation.dispose();
			clearTimeout(this.#timer);
			void this.#saving.then(() => services.store.remove(this.#conversation.state.id));
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
		void this.#saving.then(() => this.#services.store.remove(former.state.id));
		this.#dropPendingText();
		this.#conversation = this.#converse(state);
		this.#changed(state);
		return this.#conversation;
	}

	#converse(state: ConversationState): Conversation {
		this.#panel.title = titleOf(state);
		return new Conversation(state, this.#services, {
			changed: (changed) => this.#changed(changed),
			grew: (turn, text) => this.#grew(turn, text),
		});
	}

	#changed(state: ConversationState): void {
		this.#dropPendingText();
		this.#send({ kind: 'state', state });
		if (!this.#conversation.isRunning) {
			this.#save(state);
		}
	}

	/** Text is gathered for a frame, except the first of a pause, which goes at once. */
	#grew(turn: number, text: string): void {
		this.#pendingText += text;
		this.#pendingTurn = turn;
		const wait = this.#lastSent + frame - performance.now();
		if (wait <= 0) {
			this.#flush();
		} else {
			this.#timer ??= setTimeout(() => this.#flush(), wait);
		}
	}

	#flush(): void {
		const text = this.#pendingText;
		this.#dropPendingText();
		this.#lastSent = performance.now();
		this.#send({ kind: 'text', turn: this.#pendingTurn, text });
	}

	/** The state holds it already. */
	#dropPendingText(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#pendingText = '';
	}

	#send(message: ToWebview): void {
		if (this.#isReady) {
			void this.#panel.webview.postMessage(message);
		}
	}

	#save(state: ConversationState): void {
		this.#saving = this.#saving.then(() => this.#services.store.save(state)).catch(this.#services.log);
	}

	async #receive(message: FromWebview): Promise<void> {
		switch (message.kind) {
			case 'ready':
				this.#isReady = true;
				this.#send({ kind: 'state', state: this.#conversation.state });
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
			case 'open-attachment': {
				const attachment = this.#conversation.state.attachments[message.index];
				if (attachment) {
					await commands.executeCommand('vscode.open', Uri.parse(attachment.uri));
				}
				return;
			}
			case 'open-in-new-panel':
				this.#services.openInNewPanel(this.#conversation.state);
				return;
			case 'choose-model': {
				const model = await this.#services.chooseModel();
				if (model) {
					this.#conversation.useModel({ name: model.name, host: model.host });
				}
				return;
			}
			case 'act':
				if (await this.#services.act(message.action)) {
					await this.#conversation.retry();
				}
				return;
		}
	}

	#answer(turn: number): string {
		return this.#conversation.state.turns.find(({ id }) => id === turn)?.answer ?? '';
	}
}

function titleOf({ attachments }: ConversationState): string {
	const [first] = attachments;
	if (!first) {
		return 'Descry';
	}
	return attachments.length === 1 ? first.name : l10n.t('{0} and {1} more', first.name, attachments.length - 1);
}
