import { type ConfigurationScope, l10n, type Uri } from 'vscode';
import type { Attachment } from '../attachments/attachment.ts';
import type { FileOpener, OpenedFile } from '../attachments/open.ts';
import { Failure } from '../client/failure/failure.ts';
import type { Action } from '../failures/action.ts';
import type { Consent } from '../models/consent.ts';
import type { Model } from '../models/model.ts';
import type { ModelSource } from '../models/modelSource.ts';
import { agreedAltText } from './agree.ts';
import { altTextSettings } from './altTextSettings.ts';
import type { Context } from './context.ts';
import { editAltText } from './editBox.ts';
import type { Place } from './place.ts';
import { withProgress } from './progress.ts';
import type { AltTextWishes } from './prompt.ts';
import type { AltTextReply } from './reply.ts';
import { roleLabel } from './roles/roleWords.ts';
import type { WrittenRoles } from './roles/writtenRoles.ts';

/** What the commands on alt text need. */
export interface AltTextServices {
	readonly models: ModelSource;
	readonly consent: Consent;
	readonly files: FileOpener;
	/** Tells which roles alt texts were written for. */
	readonly roles: WrittenRoles;
	/** Carries out a button of a failure; true when the work should be tried again. */
	readonly act: (action: Action) => Promise<boolean>;
	readonly log: (error: unknown) => void;
}

/** What surrounds an image where it stands, or will stand. */
export interface Surroundings {
	/** Whose settings count. */
	readonly scope: ConfigurationScope;
	readonly context: Context;
	readonly wishes: AltTextWishes;
}

export async function surroundingsOf({ document, text, images, image }: Place): Promise<Surroundings> {
	const [{ contextOf }, { roleOf }] = await Promise.all([import('./context.ts'), import('./roles/role.ts')]);
	const { languageId } = document;
	return {
		scope: document,
		context: contextOf(text, image, { languageId, images }),
		wishes: {
			role: roleOf(text, languageId, image),
			...(image.link === undefined ? {} : { link: image.link }),
		},
	};
}

/** What a model says about an image. Fails with `Failure` or `AbortError`. */
export async function askForAltText(
	model: Model,
	surroundings: Surroundings,
	attachment: Attachment,
	wishes: AltTextWishes,
	signal: AbortSignal,
): Promise<AltTextReply> {
	const { readReply } = await import('./reply.ts');
	const reply = readReply(await answerText(model, surroundings, attachment, wishes, signal));
	if (!reply) {
		throw new Failure({ kind: 'empty' });
	}
	return reply;
}

/**
 * `uri` of the image when the user chose the file itself: what a document refers to was asked about before.
 * The text to write; undefined when the user did not allow it, disagreed, or left the box.
 */
export async function altTextFor(
	services: AltTextServices,
	model: Model,
	surroundings: Surroundings,
	opened: OpenedFile & { readonly uri?: Uri },
	wishes: AltTextWishes = {},
): Promise<string | undefined> {
	const attachment = await opened.attachment;
	const file = { name: attachment.name, size: opened.size, uri: opened.uri };
	if (!(await services.consent.mayAnswer(model, [file], () => model.estimate?.([[attachment]])))) {
		return undefined;
	}
	if (model.host === undefined) {
		const title = l10n.t('Reading the text in {0}', attachment.name);
		// What the reader on this device recognises is only a start.
		const words = await withProgress(title, (signal) => answerText(model, surroundings, attachment, {}, signal));
		return editAltText(words, attachment.name);
	}
	const { role, link } = { ...surroundings.wishes, ...wishes };
	const title = role
		? l10n.t('Writing alt text for {0} ({1})', attachment.name, roleLabel(role, link))
		: l10n.t('Writing alt text for {0}', attachment.name);
	return agreedAltText(
		await withProgress(title, (signal) => askForAltText(model, surroundings, attachment, wishes, signal)),
	);
}

async function answerText(
	model: Model,
	surroundings: Surroundings,
	attachment: Attachment,
	wishes: AltTextWishes,
	signal: AbortSignal,
): Promise<string> {
	const { altTextPrompt } = await import('./prompt.ts');
	const { language, length, instructions } = altTextSettings(surroundings.scope);
	const { system, question } = altTextPrompt(surroundings.context, {
		fileName: attachment.name,
		language,
		length,
		...(instructions === '' ? {} : { style: instructions }),
		...surroundings.wishes,
		...wishes,
	});
	const inquiry = { purpose: 'alt-text', system, attachments: [attachment], earlier: [], question } as const;
	let answer = '';
	for await (const event of model.answer(inquiry, signal)) {
		answer += event.kind === 'text' ? event.text : '';
	}
	return answer;
}
