import { env, l10n, type QuickPickItem, UIKind, window } from 'vscode';
import { type Address, addressOf } from '../attachments/web/address.ts';
import { type AddressMistake, readAddress } from '../attachments/web/readAddress.ts';
import type { ConversationPanels } from '../conversation/panels.ts';
import type { Model } from '../models/model.ts';
import type { ModelSource } from '../models/modelSource.ts';
import { stripMetadataSetting } from '../models/settings/settings.ts';

/** Describes an image or PDF on the web, which this machine fetches, or the model's server where the user wants that. */
export async function describeAddress(panels: () => Promise<ConversationPanels>, models: ModelSource): Promise<void> {
	const url = await askAddress();
	if (!url) {
		return;
	}
	const address = addressOf(url);
	const isPdf = address.mediaType === 'application/pdf';
	const model = await models.current(isPdf ? 'anything' : 'images');
	const way = model && (await askWay(model, address));
	if (way) {
		const file = { uri: url.href, name: address.name, byAddress: way === 'address' };
		await (await panels()).describe([file], { newPanel: false });
	}
}

/** Undefined when the user closes the box. */
async function askAddress(): Promise<URL | undefined> {
	const copied = readAddress(await copiedText());
	const typed = await window.showInputBox({
		title: l10n.t('Describe an image or PDF on the web'),
		prompt: l10n.t('The address of the file itself, not of a page that shows it.'),
		placeHolder: 'https://example.org/chart.png',
		...(copied instanceof URL ? { value: copied.href } : {}),
		// The address may still have to be copied elsewhere.
		ignoreFocusOut: true,
		validateInput: (text) => {
			const read = readAddress(text);
			return read instanceof URL || text.trim() === '' ? undefined : mistakes[read]();
		},
	});
	const read = readAddress(typed ?? '');
	return read instanceof URL ? read : undefined;
}

/** A browser would ask whether it may be read, or complain that it may not, before anybody wanted to paste. */
async function copiedText(): Promise<string> {
	return env.uiKind === UIKind.Desktop ? env.clipboard.readText() : '';
}

const mistakes: Readonly<Record<AddressMistake, () => string>> = {
	'no-address': () => l10n.t('Write a whole address, such as https://example.org/chart.png.'),
	'not-https': () => l10n.t('The address has to begin with https://.'),
	'has-password': () => l10n.t('Leave out the user name and the password: Descry sends none.'),
	'not-public': () => l10n.t('This host is on a private network. Descry reads from the public web only.'),
};

type Way = 'file' | 'address';

/** Who fetches the file; asked only where the model's server can. Undefined when the user closes the list. */
async function askWay(model: Model, address: Address): Promise<Way | undefined> {
	if (!model.takesAddress?.(address)) {
		return 'file';
	}
	const picked = await window.showQuickPick(waysTo(model, address), {
		title: address.name,
		placeHolder: l10n.t('How does {0} get the file?', model.name),
		ignoreFocusOut: true,
	});
	return picked?.way;
}

/** A line has room for about 80 characters. */
function waysTo(model: Model, { mediaType }: Address): readonly (QuickPickItem & { readonly way: Way })[] {
	const isStripped = mediaType !== 'application/pdf' && stripMetadataSetting();
	return [
		{
			way: 'file',
			label: l10n.t('Fetch it on this machine and send it'),
			detail: isStripped
				? l10n.t('Its host sees this machine. Camera data and location are removed.')
				: l10n.t('Its host sees this machine. It is sent as a file in the workspace would be.'),
		},
		{
			way: 'address',
			label: l10n.t('Send only the address; {0} fetches it', model.host ?? model.name),
			detail: l10n.t('That server sees the address. Camera data and location are not removed.'),
		},
	];
}
