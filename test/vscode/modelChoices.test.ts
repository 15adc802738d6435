import assert from 'node:assert/strict';
import { choiceItems, typedItem } from '../../src/commands/modelChoices.ts';
import type { Offer } from '../../src/models/lists/catalog.ts';
import type { Subject } from '../../src/models/modelSource.ts';

describe('The choice of a model', () => {
	const offer: Offer = {
		kind: 'models',
		endpoint: { name: 'here', protocol: 'chat-completions', baseUrl: 'https://here.test/v1', auth: 'none' },
		models: [{ id: 'blind', seesImages: false }, { id: 'unknown' }, { id: 'seer', seesImages: true }],
	};
	const own = [false, true, undefined].map((seesImages) => ({
		id: `vscode/vendor/${String(seesImages)}`,
		name: String(seesImages),
		vendor: 'vendor',
		seesImages,
	}));

	const ids = (subject: Subject): readonly string[] =>
		choiceItems([offer], own, '', subject).flatMap(({ choice }) => (choice?.kind === 'model' ? choice.id : []));

	it('has what sees images first, and last what does not', () =>
		assert.deepEqual(ids('anything'), [
			'device/text',
			'vscode/vendor/true',
			'vscode/vendor/undefined',
			'here/seer',
			'here/unknown',
			'vscode/vendor/false',
			'here/blind',
		]));

	it('has for images nothing that is known to see none', () =>
		assert.deepEqual(ids('images'), [
			'device/text',
			'vscode/vendor/true',
			'vscode/vendor/undefined',
			'here/seer',
			'here/unknown',
		]));

	it('finds the reader on this device by its id, as a server by its name', () => {
		const [reader, readerInUse] = ['', 'device/text'].map((current) =>
			choiceItems([offer], own, current, 'anything').find(
				({ choice }) => choice?.kind === 'model' && choice.id === 'device/text',
			),
		);
		assert.deepEqual([reader?.description, readerInUse?.description], ['device/text', 'device/text, in use']);
	});

	it('has an entry for an id that is typed, and for a server that is not there yet', () => {
		const typed = (id: string) => typedItem(id, [offer.endpoint]).map(({ choice }) => choice);
		assert.deepEqual(typed(' here/any/model '), [{ kind: 'model', id: 'here/any/model' }]);
		assert.deepEqual(typed('nowhere/model'), [{ kind: 'settings' }]);
		assert.deepEqual([typed('model'), typed('vscode/x/y'), typed('here/')], [[], [], []]);
	});
});
