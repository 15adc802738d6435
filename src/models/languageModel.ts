import * as vscode from 'vscode';
import type { AnswerEvent } from '../client/answer.ts';
import { Failure, type FailureKind } from '../client/failure/failure.ts';
import { redact } from '../client/failure/redact.ts';
import type { Part, Turn } from '../client/request.ts';
import { attachmentParts } from './parts/attachmentParts.ts';
import { turnsOf } from './endpointModel.ts';
import type { Inquiry, Model, ModelEvent } from './model.ts';
import { estimateOf } from './parts/estimate.ts';
import type { ReadText } from './parts/recognisedPages.ts';
import { tellingCoverage } from './parts/tellingCoverage.ts';

/** The models that other extensions bring to VS Code, GitHub Copilot's among them; none where there are none. */
export async function languageModels(): Promise<readonly vscode.LanguageModelChat[]> {
	return vscode.lm.selectChatModels();
}

/** As in `descry.model`. Two vendors may have models of one id. */
export function languageModelId({ vendor, id }: vscode.LanguageModelChat): string {
	return `vscode/${vendor}/${id}`;
}

/** What a model's vendor says of its eyes. No API yet, but filled for long (platform.md 4): undefined is unknown. */
export function seesImages(chat: vscode.LanguageModelChat): boolean | undefined {
	const { capabilities } = chat as { readonly capabilities?: { readonly supportsImageToText?: unknown } };
	const sees = capabilities?.supportsImageToText;
	return typeof sees === 'boolean' ? sees : undefined;
}

/** A model that VS Code asks; the first question makes VS Code ask the user whether it may. */
export function languageModel(chat: vscode.LanguageModelChat, readText: ReadText): Model {
	return {
		id: languageModelId(chat),
		name: chat.name,
		host: chat.vendor,
		transit: 'encrypted',
		estimate: (requests, signal) => estimateOf(requests, readerOf(chat), signal),
		async *answer(inquiry: Inquiry, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
			const reading = {
				...readerOf(chat),
				purpose: inquiry.purpose,
				questions: [...inquiry.earlier.map((turn) => turn.question), inquiry.question],
				readText,
			} as const;
			const { parts, coverage } = await attachmentParts(inquiry.attachments, reading, signal);
			const turns = turnsOf(inquiry, parts);
			const system: Turn = { role: 'user', parts: [{ kind: 'text', text: inquiry.system }] };
			yield* tellingCoverage(ask(chat, [message(system), ...turns.map(message)], signal), coverage);
		},
	};
}

function readerOf(chat: vscode.LanguageModelChat) {
	const sees = seesImages(chat);
	return {
		endpoint: nowhere,
		model: chat.family,
		sees: sees === undefined ? 'unknown' : sees ? 'yes' : 'no',
		contextTokens: chat.maxInputTokens,
	} as const;
}

/** VS Code knows where these models are, and nobody else. */
const nowhere = { protocol: 'vscode', baseUrl: 'https://vscode.invalid' };

async function* ask(
	chat: vscode.LanguageModelChat,
	messages: vscode.LanguageModelChatMessage[],
	signal: AbortSignal,
): AsyncGenerator<AnswerEvent, void, undefined> {
	signal.throwIfAborted();
	const stop = new vscode.CancellationTokenSource();
	const abort = (): void => stop.cancel();
	signal.addEventListener('abort', abort, { once: true });
	let visible = false;
	try {
		const justification = vscode.l10n.t('To answer your question about the files you chose.');
		const { stream } = await chat.sendRequest(messages, { justification }, stop.token);
		for await (const part of stream) {
			signal.throwIfAborted();
			if (part instanceof vscode.LanguageModelTextPart && part.value !== '') {
				visible = true;
				yield { kind: 'text', text: part.value };
			} else if (part instanceof vscode.LanguageModelDataPart && part.mimeType.startsWith('image/')) {
				visible = true;
				yield { kind: 'image', mediaType: part.mimeType, bytes: part.data };
			}
		}
		signal.throwIfAborted();
	} catch (error) {
		signal.throwIfAborted();
		throw failureFor(error);
	} finally {
		signal.removeEventListener('abort', abort);
		// A reader that stopped early ends the request.
		stop.cancel();
		stop.dispose();
	}
	if (!visible) {
		throw new Failure({ kind: 'empty' });
	}
	yield { kind: 'end', reason: 'stop' };
}

function message({ role, parts }: Turn): vscode.LanguageModelChatMessage {
	const content = parts.flatMap(inputPart);
	return role === 'user'
		? vscode.LanguageModelChatMessage.User(content)
		: vscode.LanguageModelChatMessage.Assistant(content);
}

/** Files that a server would have to fetch are no input of these models. */
function inputPart(part: Part): readonly (vscode.LanguageModelTextPart | vscode.LanguageModelDataPart)[] {
	switch (part.kind) {
		case 'text':
			return [new vscode.LanguageModelTextPart(part.text)];
		case 'image':
			return part.content instanceof URL ? [] : [vscode.LanguageModelDataPart.image(part.content, part.mediaType)];
		case 'pdf':
			return [];
	}
}

/** By the code of VS Code's error. */
const kinds: ReadonlyMap<string, FailureKind> = new Map([
	[vscode.LanguageModelError.NoPermissions.name, 'permission'],
	[vscode.LanguageModelError.Blocked.name, 'quota'],
	[vscode.LanguageModelError.NotFound.name, 'model-not-found'],
]);

function failureFor(error: unknown): Failure {
	const code = error instanceof vscode.LanguageModelError ? error.code : '';
	const serverMessage = error instanceof Error ? redact(error.message) : undefined;
	return new Failure({ kind: kinds.get(code) ?? 'server', code, serverMessage, cause: error });
}
