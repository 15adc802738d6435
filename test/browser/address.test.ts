import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Workbench } from '../host/workbench.ts';
import { type FarServers, forwardTo, type Respond, startFarServers } from './farServers.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('Describe at an address', () => {
	let far: FarServers;
	let session: Session;
	let workbench: Workbench;

	inSession(
		async () => {
			far = await startFarServers();
			const started = await startSession({
				env: far.env,
				endpoints: { far: { baseUrl: 'https://models.example/v1', auth: 'none' } },
				settings: { ...far.settings, 'descry.privacy.confirmHosts': false },
			});
			far.serve('models.example', forwardTo(started.server.baseUrl));
			far.serve('pictures.example', serveFiles);
			return started;
		},
		(at) => ({ session, workbench } = at),
	);

	after(() => far.end());

	const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
		'/old%20harbour.jpg': ['images/harbour.jpg', 'image/jpeg'],
		'/2024.00001': ['papers/tidal-harbours.pdf', 'application/octet-stream'],
		'/page.png': ['site/index.html', 'text/html; charset=utf-8'],
	};
	let hasLeftSlowOne = false;
	const serveFiles: Respond = ({ url = '' }, response) => {
		const [file, type] = files[url.replace(/\?.*$/, '')] ?? [];
		if (url === '/slow.png') {
			response.writeHead(200, { 'content-length': 4_000_000 }).write(Buffer.alloc(1_000_000));
			response.once('close', () => (hasLeftSlowOne = true));
		} else if (file === undefined) {
			response.writeHead(404).end();
		} else {
			readFile(join(session.workspace.folder, file)).then(
				(bytes) => response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes),
				() => response.destroy(),
			);
		}
	};
	const picture = 'https://pictures.example/old%20harbour.jpg?size=a%26b&w=1';

	const type = async (address: string): Promise<void> => {
		await workbench.runCommand('Descry: Describe Image or PDF at an Address…');
		// It stays open while a panel that just finished takes the focus.
		await workbench.page
			.locator('.quick-input-widget', { hasText: 'The address of the file itself' })
			.locator('.quick-input-box input')
			.fill(address);
	};
	const enter = async (address: string): Promise<void> => {
		await type(address);
		await workbench.page.keyboard.press('Enter');
	};
	const ask = async (question: string): Promise<void> => {
		const box = workbench.panel().locator('textarea');
		await box.fill(question);
		await box.press('Enter');
	};
	const fetched = (): readonly string[] => far.requests.filter((request) => request.startsWith('pictures.example'));

	it('says while it is typed why an address is none that is read', async () => {
		for (const [address, sentence] of [
			['pictures.example/a.png', 'Write a whole address, such as https://example.org/chart.png.'],
			['http://pictures.example/a.png', 'The address has to begin with https://.'],
			['https://me:secret@pictures.example/a.png', 'Leave out the user name and the password: Descry sends none.'],
			['https://192.168.1.1/a.png', 'This host is on a private network. Descry reads from the public web only.'],
		] as const) {
			await type(address);
			await workbench.page.locator('.quick-input-message', { hasText: sentence }).waitFor();
			await workbench.page.keyboard.press('Enter');
			assert.equal(await workbench.quickInput.isVisible(), true);
			await workbench.page.keyboard.press('Escape');
		}
		assert.deepEqual(far.requests, []);
	});

	it('shows a picture as it does a file of the workspace and sends it so, fetched once', async () => {
		session.server.next({ text: 'A stone harbour.' });
		await enter(picture);
		const panel = workbench.panel();
		await panel.locator('.answer', { hasText: 'A stone harbour.' }).waitFor();
		assert.equal(await panel.locator('.attachment-name').innerText(), 'old harbour.jpg');
		assert.equal(await panel.locator('.attachment-detail').innerText(), '2400 × 1600 px, 302 KB');
		await panel.locator('img.thumbnail').waitFor();
		assert.deepEqual(fetched(), ['pictures.example/old%20harbour.jpg?size=a%26b&w=1']);
		const [image] = session.server.requests.at(-1)?.chat.images ?? [];
		assert.equal(image?.mediaType, 'image/jpeg');
		assert.equal(image.bytes.includes('Exif'), false);
	});

	it('fetches it again for a question after a reload, and not for the next', async () => {
		const before = fetched().length;
		await workbench.reload();
		const panel = workbench.panel();
		await panel.locator('.answer', { hasText: 'A stone harbour.' }).waitFor();
		assert.equal(fetched().length, before);
		for (const [question, answer] of [
			['How many boats?', 'Three.'],
			['And people?', 'None.'],
		] as const) {
			session.server.next({ text: answer });
			await ask(question);
			await panel.locator('.answer', { hasText: answer }).waitFor();
			assert.equal(session.server.requests.at(-1)?.chat.images.length, 1);
		}
		assert.deepEqual(fetched().slice(before), ['pictures.example/old%20harbour.jpg?size=a%26b&w=1']);
	});

	it('is inserted with its alt text by its address, which stays as it was', async () => {
		await workbench.tidy();
		await workbench.goTo('docs/guide.md', 1, 1);
		session.server.next({ text: 'A stone harbour.' });
		await enter(picture);
		await workbench.finishedTurn();
		session.server.next({ text: '{"alt": "A harbour at dusk", "decorative": false}' });
		await workbench.panel().getByRole('button', { name: 'Insert old harbour.jpg with alt text' }).click();
		await workbench.page.locator('.tab.active', { hasText: 'guide.md' }).waitFor();
		await eventually(async () => {
			await workbench.page.keyboard.press('Control+S');
			const text = await readFile(join(session.workspace.folder, 'docs/guide.md'), 'utf8');
			const address = 'https://pictures.example/old%20harbour.jpg?size=a%26b&w=1';
			assert.ok(text.startsWith(`![A harbour at dusk](${address})`), text.slice(0, 200));
		});
		assert.equal(fetched().at(-1), 'pictures.example/old%20harbour.jpg?size=a%26b&w=1');
	});

	it('knows a PDF by its bytes, whatever it is called', async () => {
		session.server.next({ text: 'On tides.' });
		await enter('https://pictures.example/2024.00001');
		const panel = workbench.panel();
		await panel.locator('.answer', { hasText: 'On tides.' }).waitFor();
		assert.equal(await panel.locator('.attachment-name').innerText(), '2024.00001');
		assert.match(await panel.locator('.attachment-detail').innerText(), /^\d+ pages, /);
	});

	for (const [address, sentence] of [
		[
			'https://pictures.example/page.png',
			'The address leads to a web page, not to an image or PDF. Copy the address of the image itself.',
		],
		['https://pictures.example/gone.png', 'There is nothing at this address.'],
		['https://nowhere.example/a.png', 'The file could not be fetched from the web. The log has the details.'],
	] as const) {
		it(`says in a sentence that ${address} is nothing to describe`, async () => {
			const count = session.server.requests.length;
			await enter(address);
			const failure = workbench.panel().locator('.failure', { hasText: sentence });
			await failure.getByRole('button', { name: 'Try again' }).waitFor();
			assert.equal(session.server.requests.length, count);
		});
	}

	it('tells how much has come, and leaves the host at once on Stop', async () => {
		await enter('https://pictures.example/slow.png');
		const panel = workbench.panel();
		await panel.locator('.attachment-detail', { hasText: /^[\d.]+ KB of 3\.8 MB fetched$/ }).waitFor();
		await panel.getByRole('button', { name: 'Stop' }).click();
		// Long before it would leave a host that says nothing.
		await eventually(() => assert.equal(hasLeftSlowOne, true));
		await panel.locator('.note', { hasText: 'Stopped' }).waitFor();
		assert.equal(await panel.locator('.attachment-detail').innerText(), '');
	});

	describe('to a server that can fetch it itself', () => {
		before(() => session.configure(workbench, { 'descry.model': 'far/test-vision' }));

		const way = (label: string): Locator => workbench.quickRow(label);
		const only = 'Send only the address; models.example fetches it';
		const parts = (index: number): unknown[] => {
			const { messages } = session.server.requests[index]?.body as { messages: { role: string; content: unknown[] }[] };
			return messages.find(({ role }) => role === 'user')?.content ?? [];
		};
		const sent = { type: 'image_url', image_url: { url: picture } };

		it('asks who fetches it, and says what that means', async () => {
			await enter(picture);
			await way(only).waitFor();
			assert.match(
				await way(only).innerText(),
				/That server sees the address\. Camera data and location are not removed\./,
			);
			assert.match(
				await way('Fetch it on this machine and send it').innerText(),
				/Its host sees this machine\. Camera data and location are removed\./,
			);
			await workbench.page.keyboard.press('Escape');
		});

		it('sends only the address where the user wants that, also after a reload', async () => {
			const before = fetched().length;
			const index = session.server.requests.length;
			session.server.next({ text: 'A far harbour.' });
			await enter(picture);
			await way(only).click();
			const panel = workbench.panel();
			await panel.locator('.answer', { hasText: 'A far harbour.' }).waitFor();
			assert.equal(await panel.locator('.attachment-detail').innerText(), 'Only its address is sent');
			assert.equal(await panel.getByRole('button', { name: 'Copy alt text of old harbour.jpg' }).count(), 0);
			assert.deepEqual(parts(index).slice(0, 2), [{ type: 'text', text: 'File 1: image "old harbour.jpg"' }, sent]);
			await workbench.reload();
			session.server.next({ text: 'Three boats.' });
			await panel.locator('.answer', { hasText: 'A far harbour.' }).waitFor();
			await ask('How many?');
			await panel.locator('.answer', { hasText: 'Three boats.' }).waitFor();
			assert.deepEqual(parts(index + 1)[1], sent);
			assert.equal(fetched().length, before);
		});

		it('offers to fetch it here where the server refuses the address', async () => {
			const index = session.server.requests.length;
			const message = `Error while downloading ${picture}.`;
			session.server.next({
				status: 400,
				body: JSON.stringify({ error: { message, code: 'invalid_image_url', type: 'invalid_request_error' } }),
			});
			await enter(picture);
			await way(only).click();
			const panel = workbench.panel();
			const failure = panel.locator('.failure', {
				hasText: 'models.example did not take the address of the file, or could not fetch it. It says: “Error while',
			});
			await failure.waitFor();
			session.server.next({ text: 'Here it is.' });
			await failure.getByRole('button', { name: 'Fetch it here and send it' }).click();
			await panel.locator('.answer', { hasText: 'Here it is.' }).waitFor();
			await panel.locator('.attachment-detail', { hasText: '2400 × 1600 px' }).waitFor();
			assert.equal(session.server.requests[index + 1]?.chat.images[0]?.mediaType, 'image/jpeg');
			assert.equal(await panel.locator('article.turn').count(), 1);
		});

		it('offers the same where the next model fetches nothing', async () => {
			session.server.next({ text: 'A far harbour.' });
			await enter(picture);
			await way(only).click();
			const panel = workbench.panel();
			await panel.locator('.answer', { hasText: 'A far harbour.' }).waitFor();
			await panel.locator('.model').click();
			await workbench.chooseModel({ id: 'test/test-vision' });
			await panel.locator('.model', { hasText: '127.0.0.1' }).waitFor();
			const index = session.server.requests.length;
			await ask('How many boats?');
			const failure = panel.locator('.failure', {
				hasText: 'test-vision does not fetch this file from the web itself. Nothing was sent.',
			});
			await failure.waitFor();
			assert.equal(session.server.requests.length, index);
			session.server.next({ text: 'Three.' });
			await failure.getByRole('button', { name: 'Fetch it here and send it' }).click();
			await panel.locator('.answer', { hasText: 'Three.' }).waitFor();
			assert.equal(session.server.requests[index]?.chat.images.length, 1);
		});
	});
});
