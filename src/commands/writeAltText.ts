import { l10n, Uri, window, workspace } from 'vscode';
import { agreedAltText } from '../altText/agree.ts';
import { applyAltText, type Place } from '../altText/apply.ts';
import { editAltText } from '../altText/editBox.ts';
import { imageAt } from '../altText/imageAt.ts';
import { withProgress } from '../altText/progress.ts';
import { targetUri } from '../altText/target.ts';
import type { Attachment } from '../attachments/attachment.ts';
import { AttachmentFailure } from '../attachments/attachmentFailure.ts';
import type { OpenFile } from '../attachments/open.ts';
import { Failure } from '../client/failure.ts';
import type { Action } from '../failures/action.ts';
import { isAbort } from '../failures/isAbort.ts';
import { actionLabel, noticeOf } from '../failures/sentences.ts';
import type { Consent } from '../models/consent.ts';
import type { Model } from '../models/model.ts';
import type { ModelSource } from '../models/modelSource.ts';

export interface WriteAltTextServices {
	readonly models: ModelSource;
	readonly consent: Consent;
	readonly openFile: OpenFile;
	/** Carries out a button of a failure; true when the work should be tried again. */
	readonly act: (action: Action) => Promise<boolean>;
	readonly log: (error: unknown) => void;
}

/**
 * Writes the alt text of the image at an offset (UTF-16) of a document, or at the cursor.
 * Nothing is sent before it is called, and nothing is written when the document changed meanwhile.
 */
export async function writeAltText(services: WriteAltTextServices, uri?: Uri, offset?: number): Promise<void> {
	const place = await findPlace(uri, offset);
	if (!place) {
		void window.showInformationMessage(l10n.t('Put the cursor on an image in a Markdown document first.'));
		return;
	}
	const target = targetUri(place.document, place.image.target);
	if (!target) {
		void window.showWarningMessage(
			l10n.t('Descry reads images from files of the workspace; “{0}” is none.', place.image.target),
		);
		return;
	}
	const model = await services.models.current();
	if (!model) {
		return;
	}
	try {
		const alt = await ask(services, model, place, target);
		if (alt !== undefined) {
			await applyAltText(place, alt);
		}
	} catch (error) {
		if (!isAbort(error)) {
			services.log(error);
			if (await report(services, error, model, place.image.target)) {
				await writeAltText(services, place.document.uri, place.image.start);
			}
		}
	}
}

async function findPlace(uri: Uri | undefined, offset: number | undefined): Promise<Place | undefined> {
	const editor = window.activeTextEditor;
	const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : editor?.document;
	if (!document) {
		return undefined;
	}
	const cursor = editor?.document === document ? document.offsetAt(editor.selection.active) : undefined;
	const at = typeof offset === 'number' ? offset : cursor;
	const version = document.version;
	const image = at === undefined ? undefined : await imageAt(document, at);
	return image && { document, version, image };
}

/** The text to write; undefined when the user did not allow it, or left the box of the on-device reader. */
async function ask(
	services: WriteAltTextServices,
	model: Model,
	place: Place,
	target: Uri,
): Promise<string | undefined> {
	const opened = await services.openFile(target.toString(), new AbortController().signal);
	const attachment = await opened.attachment;
	if (!(await services.consent.mayAnswer(model, [{ name: attachment.name, size: opened.size }]))) {
		return undefined;
	}
	const text = await withProgress(l10n.t('Writing alt text for {0}', attachment.name), (signal) =>
		answerText(model, place, attachment, signal),
	);
	if (model.host === undefined) {
		return editAltText(text, attachment.name);
	}
	const { readReply } = await import('../altText/reply.ts');
	const reply = readReply(text);
	if (!reply) {
		throw new Failure({ kind: 'empty' });
	}
	return agreedAltText(reply);
}

async function answerText(
	model: Model,
	{ document, image }: Place,
	attachment: Attachment,
	signal: AbortSignal,
): Promise<string> {
	const [{ altTextPrompt }, { contextOf }] = await Promise.all([
		import('../altText/prompt.ts'),
		import('../altText/context.ts'),
	]);
	const { system, question } = altTextPrompt(contextOf(document.getText(), image), {
		fileName: attachment.name,
		...(image.link === undefined ? {} : { link: image.link }),
	});
	const inquiry = { purpose: 'alt-text', system, attachments: [attachment], earlier: [], question } as const;
	let text = '';
	for await (const event of model.answer(inquiry, signal)) {
		text += event.kind === 'text' ? event.text : '';
	}
	return text;
}

/** Says what went wrong; true when the user wants another try. */
async function report(
	services: WriteAltTextServices,
	error: unknown,
	{ host, name }: Model,
	target: string,
): Promise<boolean> {
	const { sentence, actions } = noticeOf(error, { host, model: name });
	const words = error instanceof AttachmentFailure ? l10n.t('{0}: {1}', target, sentence) : sentence;
	const chosen = await window.showErrorMessage(words, ...actions.map(actionLabel));
	const action = actions.find((one) => actionLabel(one) === chosen);
	return action !== undefined && services.act(action);
}
