import { l10n, ProgressLocation, type TextDocument, Uri, window, workspace } from 'vscode';
import { type AltTextServices, askForAltText, surroundingsOf } from '../altText/ask.ts';
import type { Decisions } from '../altText/findings/decisions.ts';
import { findingsIn } from '../altText/findings/findingsIn.ts';
import { inLanes } from '../altText/inLanes.ts';
import { type OpenedPlace, type OpenedPlaces, openTargets } from '../altText/targets/openTargets.ts';
import { type Place, placesIn } from '../altText/place.ts';
import type { AltTextReply } from '../altText/reply.ts';
import { reportFailure } from '../altText/report.ts';
import { type NewAltText, rewriteAll } from '../altText/rewriteAll.ts';
import { AttachmentFailure } from '../attachments/attachmentFailure.ts';
import { Failure, type FailureKind } from '../client/failure/failure.ts';
import { waitSentence } from '../failures/attemptSentences.ts';
import { isAbort } from '../failures/isAbort.ts';
import type { Model } from '../models/model.ts';

/** Images that are asked about at the same time. */
const lanes = 3;

/** Failures that are one image's own: the next one may do better. */
const ownFailures: ReadonlySet<FailureKind> = new Set(['blocked', 'empty', 'image-rejected', 'too-large', 'truncated']);

interface Outcome {
	readonly replies: readonly { readonly place: Place; readonly reply: AltTextReply }[];
	/** Images that could not be read or answered. */
	readonly failed: number;
	/** What ended the run before its end. */
	readonly error: unknown;
}

interface WholeOutcome extends Outcome {
	readonly leftOut: number;
	readonly excluded: number;
}

/** Writes the alt text of every image in a file that has none or a weak one, in one undo step. */
export async function altTextInFile(services: AltTextServices, decisions: Decisions, uri?: unknown): Promise<void> {
	const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : window.activeTextEditor?.document;
	const places = document ? await weakPlaces(document, decisions) : [];
	if (!document || places.length === 0) {
		void window.showInformationMessage(l10n.t('No image in this file lacks alt text.'));
		return;
	}
	const model = await services.models.current('images');
	if (!model) {
		return;
	}
	if (model.host === undefined) {
		void window.showInformationMessage(
			l10n.t('The reader on this device cannot tell what pictures show. Choose a model, or go from image to image.'),
		);
		return;
	}
	const read = await openOrReport(services, places, model, document);
	if (!read) {
		return;
	}
	const { opened, leftOut, excluded } = read;
	const attachments = await Promise.all(opened.map(({ file }) => file.attachment));
	const files = opened.map(({ file }, index) => ({ name: attachments[index]?.name ?? '', size: file.size }));
	// Each image goes in a request of its own.
	const estimate = () => model.estimate?.(attachments.map((attachment) => [attachment]));
	if (files.length > 0 && !(await services.consent.mayAnswer(model, files, estimate))) {
		return;
	}
	const outcome = await askAll(model, opened, services.log);
	await finish(services, decisions, document, model, places.length, {
		...outcome,
		failed: outcome.failed + places.length - opened.length - leftOut - excluded,
		leftOut,
		excluded,
	});
}

async function weakPlaces(document: TextDocument, decisions: Decisions): Promise<readonly Place[]> {
	const [places, findings] = await Promise.all([placesIn(document), findingsIn(document, decisions)]);
	const weak = new Set(
		findings.filter(({ code }) => code !== 'long' && code !== 'missing-target').map(({ image }) => image.start),
	);
	return places.filter(({ image }) => image.altKind !== 'computed' && weak.has(image.start));
}

async function openOrReport(
	services: AltTextServices,
	places: readonly Place[],
	model: Model,
	document: TextDocument,
): Promise<OpenedPlaces | undefined> {
	try {
		return await openWithNotice(services, places);
	} catch (error) {
		return (await reportFailure(services, error, model, document.uri.path))
			? openOrReport(services, places, model, document)
			: undefined;
	}
}

/** With a notice from the start on, by which it can be stopped; undefined when the user stopped or declined. */
async function openWithNotice(services: AltTextServices, places: readonly Place[]): Promise<OpenedPlaces | undefined> {
	const options = { location: ProgressLocation.Notification, title: l10n.t('Reading the images'), cancellable: true };
	return window.withProgress(options, async (_progress, token) => {
		const stop = new AbortController();
		token.onCancellationRequested(() => stop.abort());
		try {
			return await openTargets(services, places, stop.signal);
		} catch (error) {
			if (isAbort(error)) {
				return undefined;
			}
			throw error;
		}
	});
}

function askAll(model: Model, opened: readonly OpenedPlace[], log: (error: unknown) => void): Thenable<Outcome> {
	const options = { location: ProgressLocation.Notification, title: l10n.t('Writing alt text'), cancellable: true };
	return window.withProgress(options, async (progress, token) => {
		const stop = new AbortController();
		token.onCancellationRequested(() => stop.abort());
		const patient = inBulk(model, (message) => progress.report({ message }));
		const replies: { place: Place; reply: AltTextReply }[] = [];
		let failed = 0;
		const ask = async ({ place, file }: OpenedPlace, signal: AbortSignal): Promise<AltTextReply | undefined> => {
			try {
				return await askForAltText(patient, await surroundingsOf(place), await file.attachment, {}, signal);
			} catch (error) {
				if (!isOwn(error)) {
					throw error;
				}
				log(error);
				return undefined;
			}
		};
		try {
			for await (const { item, result } of inLanes(opened, lanes, ask, stop.signal)) {
				if (result) {
					replies.push({ place: item.place, reply: result });
				} else {
					failed++;
				}
				const message = l10n.t('{0} of {1}', replies.length + failed, opened.length);
				progress.report({ message, increment: 100 / opened.length });
			}
			return { replies, failed, error: undefined };
		} catch (error) {
			return { replies, failed, error };
		}
	});
}

/** The model, asked with more patience than somebody has who looks on; its waits are told. */
function inBulk(model: Model, tellWait: (sentence: string) => void): Model {
	return {
		...model,
		async *answer(inquiry, signal) {
			for await (const event of model.answer({ ...inquiry, isBulk: true }, signal)) {
				if (event.kind === 'wait') {
					tellWait(waitSentence(event, model.host ?? model.name));
				}
				yield event;
			}
		},
	};
}

function isOwn(error: unknown): boolean {
	if (error instanceof Failure) {
		// A model that sees none says the same of the next one.
		return ownFailures.has(error.kind) && error.code !== 'sees-no-images';
	}
	return error instanceof AttachmentFailure;
}

/** Writes what was answered, also after a stop: it is paid for. */
async function finish(
	services: AltTextServices,
	decisions: Decisions,
	document: TextDocument,
	model: Model,
	asked: number,
	{ replies, failed, leftOut, excluded, error }: WholeOutcome,
): Promise<void> {
	const texts = replies.filter(({ reply }) => !reply.decorative).map(({ place, reply }) => ({ place, alt: reply.alt }));
	const decorative = replies.filter(({ reply }) => reply.decorative).map(({ place }) => ({ place, alt: '' }));
	const written = await rewriteAll(texts);
	if (error !== undefined && !isAbort(error)) {
		if (await reportFailure(services, error, model, document.uri.path)) {
			await altTextInFile(services, decisions, document.uri);
		}
		return;
	}
	const refused = texts.length - written.length;
	await summarise(document, decisions, decorative, {
		written: written.length,
		asked,
		failed,
		refused,
		leftOut,
		excluded,
		stopped: asked - replies.length - failed - leftOut - excluded,
	});
}

async function summarise(
	document: TextDocument,
	decisions: Decisions,
	decorative: readonly NewAltText[],
	count: {
		readonly written: number;
		readonly asked: number;
		readonly failed: number;
		readonly refused: number;
		readonly leftOut: number;
		readonly excluded: number;
		readonly stopped: number;
	},
): Promise<void> {
	const sentences = [
		l10n.t('Alt text was written for {0} of {1} images.', count.written, count.asked),
		decorative.length > 0 && l10n.t('{0} seem to be decoration, which needs none.', decorative.length),
		count.failed > 0 && l10n.t('{0} could not be read or answered; the log says why.', count.failed),
		count.refused > 0 && l10n.t('{0} could not be written without touching anything else.', count.refused),
		count.leftOut > 0 && l10n.t('{0} were left out, as they are not in the workspace.', count.leftOut),
		count.excluded > 0 && l10n.t('{0} are excluded by descry.privacy.exclude.', count.excluded),
		count.stopped > 0 && l10n.t('{0} were left when you stopped.', count.stopped),
	];
	const mark = l10n.t('Mark as decorative');
	const buttons = decorative.length > 0 ? [mark] : [];
	const chosen = await window.showInformationMessage(sentences.filter(Boolean).join(' '), ...buttons);
	if (chosen === mark) {
		await rewriteAll(decorative);
		for (const { place } of decorative) {
			await decisions.markDecorative(document.uri, place.image.target);
		}
	}
}
