import assert from 'node:assert/strict';
import { commands, type Uri, window } from 'vscode';
import { createGate, type ModelServer } from '../modelServer.ts';
import { answeredByServer } from './modelSettings.ts';
import { sampleFile } from './sampleDocuments.ts';

describe('describing', () => {
	let server: ModelServer;
	answeredByServer({}, (started) => (server = started));

	const image = (name: string): Uri => sampleFile(`images/${name}`);
	const panelTitles = (): readonly string[] =>
		window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

	it('asks once when the same file is described twice quickly', async () => {
		const count = server.requests.length;
		const gate = createGate();
		server.next({ text: ['Once', gate.opened, ' only.'] });
		const first = commands.executeCommand('descry.describe', image('harbour.jpg'));
		await commands.executeCommand('descry.describe', image('harbour.jpg'));
		gate.open();
		await first;
		assert.equal(server.requests.length, count + 1);
		assert.deepEqual(panelTitles(), ['harbour.jpg']);
	});

	it('does not disturb an answer that is being written when another file is described', async () => {
		const count = server.requests.length;
		const gate = createGate();
		server.next({ text: ['First', gate.opened, ' done.'] });
		const first = commands.executeCommand('descry.describe', image('harbour.jpg'));
		await server.request(count);
		await commands.executeCommand('descry.describe', image('wave-rule.png'));
		gate.open();
		await first;
		assert.equal(await server.requests[count]?.closedEarly, false);
		assert.deepEqual(panelTitles(), ['harbour.jpg', 'wave-rule.png']);
	});

	it('opens another panel on request', async () => {
		await commands.executeCommand('descry.describe', image('harbour.jpg'));
		await commands.executeCommand('descry.describeInNewPanel', image('wave-rule.png'));
		assert.deepEqual(panelTitles(), ['harbour.jpg', 'wave-rule.png']);
		await commands.executeCommand('descry.describe', image('harbour.jpg'));
		assert.deepEqual(panelTitles(), ['harbour.jpg', 'harbour.jpg']);
	});
});
