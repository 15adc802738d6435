import { commands, Disposable, type LogOutputChannel } from 'vscode';
import type { AltTextServices } from '../altText/ask.ts';
import type { Decisions } from '../altText/findings/decisions.ts';
import type { LastTextEditor } from '../conversation/lastTextEditor.ts';
import type { ConversationPanels } from '../conversation/panels.ts';
import type { Action } from '../failures/action.ts';
import type { ModelServices } from '../models/modelServices.ts';
import type { CheckReport } from './checkReport.ts';

export interface CommandServices extends ModelServices {
	readonly panels: () => Promise<ConversationPanels>;
	readonly altText: AltTextServices;
	/** Carries out a button of a failure that is of no question in particular; true when it should be tried again. */
	readonly act: (action: Action) => Promise<boolean>;
	readonly decisions: Decisions;
	readonly lastTextEditor: LastTextEditor;
	readonly report: CheckReport;
	readonly channel: LogOutputChannel;
}

/**
 * The user's verbs by the names that package.json gives them, each loaded when it is used. Their arguments come from
 * menus and other extensions.
 */
export function registerCommands(services: CommandServices): Disposable {
	const { panels, altText, act, decisions, lastTextEditor, models, keys, lists, refusals, report, channel, onDevice } =
		services;
	const check = { models, keys, refusals, report, act, log: (line: string) => channel.info(line) };
	const describe = async (uri: unknown, uris: unknown, newPanel: boolean): Promise<void> =>
		(await import('./describe.ts')).describe(await panels(), uri, uris, { newPanel });
	const verbs: Readonly<Record<string, (first?: unknown, second?: unknown) => unknown>> = {
		describe: (uri, uris) => describe(uri, uris, false),
		describeInNewPanel: (uri, uris) => describe(uri, uris, true),
		describeAddress: async () => (await import('./describeAddress.ts')).describeAddress(panels, models),
		writeAltText: async (...at) => (await import('./writeAltText.ts')).writeAltText(altText, ...at),
		refineAltText: async (...at) => (await import('./refineAltText.ts')).refineAltText(altText, ...at),
		changeRole: async (...at) => (await import('./changeRole.ts')).changeRole(altText, decisions, ...at),
		markDecorative: async (...at) => (await import('./markDecorative.ts')).markDecorative(decisions, ...at),
		altTextInFile: async (uri) => (await import('./altTextInFile.ts')).altTextInFile(altText, decisions, uri),
		insertImage: async (uri) => (await import('./insertImage.ts')).insertImage(altText, lastTextEditor, uri),
		copyAltText: async (uri) => (await import('./copyAltText.ts')).copyAltText(altText, uri),
		selectModel: async () => (await import('./selectModel.ts')).selectModel({ keys, lists }, 'anything'),
		setApiKey: async () => (await import('./apiKey.ts')).setApiKeyAndOfferCheck(check),
		checkConnection: async () => (await import('./checkConnection.ts')).checkConnection(check),
		removeApiKey: async () => (await import('./apiKey.ts')).removeApiKey(keys),
		clearCache: async () => (await import('./clearCache.ts')).clearCache(onDevice),
		showLog: () => channel.show(),
	};
	return Disposable.from(
		...Object.entries(verbs).map(([name, verb]) => commands.registerCommand(`descry.${name}`, verb)),
	);
}
