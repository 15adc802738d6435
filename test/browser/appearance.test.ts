import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Request } from 'playwright-core';
import { repository } from '../host/repository.ts';
import type { Workbench } from '../host/workbench.ts';
import { createGate } from '../modelServer.ts';
import { eventually } from '../eventually.ts';
import type { TurnState } from '../../src/conversation/messages.ts';
import { newConversation, newTurn } from '../../src/conversation/state.ts';
import { groundedConversation } from './groundedAnswer.ts';
import { inSession, type Session, startSession } from './session.ts';

const themes = ['Light Modern', 'Dark Modern', 'Dark High Contrast'];

/** Of the panel, px. */
const narrow = 320;

/** With two more, what has to be asked about. */
const sixth = ['boat.gif', 'boat.webp', 'boat.avif', 'boat.tif'].map((name) => `images/formats/${name}`);

const everything = `A stone harbour, *low tide*, **two** boats and \`pier.ts\`. See [the guide](https://example.org/guide).

# First heading

3. Three
4. Four with a list
   - nested and a word that is long: ${'harbour'.repeat(12)}

## Second heading

> No mooring

| Month | Visitors | What the counter by the winch says about that month |
|---|--:|---|
| January | 1,200 | the quietest |
| August | 15,000 | the busiest |

\`\`\`ts
const harbour = { boats: 2, tide: 'low', sign: 'No mooring', lamps: 5, houses: 'a row of them along the quay' };
\`\`\`

---

#### Deep heading

~~Gone~~ https://example.org/${'path/'.repeat(20)}`;

describe('The panel', () => {
	let session: Session;
	let workbench: Workbench;

	inSession(
		startSession,
		(at) => ({ session, workbench } = at),
		async () => {
			await workbench.page.setViewportSize({ width: 1400, height: 900 });
			await workbench.tidy();
		},
	);

	async function frame(): Promise<Frame> {
		const handle = await workbench.panel().locator('html').elementHandle();
		const found = await handle.ownerFrame();
		assert.ok(found);
		return found;
	}

	function inPanel<Result>(expression: string): Promise<Result> {
		return frame().then((panel) => panel.evaluate<Result>(expression));
	}

	async function useTheme(name: string): Promise<void> {
		await workbench.runCommand('Preferences: Color Theme');
		await workbench.quickInput.fill(name);
		await workbench
			.quickRow(new RegExp(`^${name}`))
			.first()
			.click();
		const attribute = name.includes('High')
			? 'vscode-high-contrast'
			: name.includes('Dark')
				? 'vscode-dark'
				: 'vscode-light';
		await workbench.panel().locator(`body.${attribute}`).waitFor();
	}

	/** Two groups share the window, so that one gains half of what the window does. */
	async function makeNarrow(): Promise<void> {
		await eventually(async () => {
			const width = await inPanel<number>('innerWidth');
			const { width: window, height } = workbench.page.viewportSize() ?? { width: 1400, height: 900 };
			if (width !== narrow) {
				await workbench.page.setViewportSize({ width: window + 2 * (narrow - width), height });
			}
			assert.equal(width, narrow);
		});
	}

	/** What axe says against the panel. */
	async function violations(): Promise<readonly string[]> {
		// A frame without scripts never answers axe: it is taken out meanwhile.
		await inPanel(`{
			window.frame = document.querySelector('iframe.suggestions');
			window.place = frame?.parentElement;
			frame?.remove();
		}`);
		const { violations: found } = await new AxeBuilder({ page: workbench.page })
			.include(['iframe.webview.ready[src*="extensionId=descry.descry"]', '#active-frame', '#root'])
			.analyze();
		await inPanel(`place?.append(frame)`);
		return found.flatMap(({ id, nodes }) =>
			nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
		);
	}

	/** Shows a turn as if the host had sent it. */
	async function show(turn: TurnState): Promise<void> {
		const state = { ...newConversation('shown', [{ uri: 'file:///harbour.jpg', name: 'harbour.jpg' }]), turns: [turn] };
		await inPanel(`window.postMessage(${JSON.stringify({ kind: 'state', state, images: '' })}, '*')`);
	}

	/** Nothing but the code, tables and files, which scroll by themselves, is wider than the panel. */
	async function overflow(): Promise<readonly string[]> {
		return inPanel<readonly string[]>(`[...document.querySelectorAll('html, body, #root, #root *')]
			.filter((node) => !node.parentElement?.closest('pre, table, .attachments, .visually-hidden'))
			.filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
			.map((node) => node.outerHTML.slice(0, 120))`);
	}

	let looks = 0;
	/** Each state in the next theme; with the environment variable EVERY_THEME, as the long tests set it, in all. */
	function themesOfState(): readonly string[] {
		const turn = looks++ % themes.length;
		return process.env['EVERY_THEME'] ? themes : themes.slice(turn, turn + 1);
	}

	/** With a folder in the environment variable SHOTS, leaves a picture of each theme and width there. */
	async function looksRight(state: string, height = 900): Promise<void> {
		const found: string[] = [];
		for (const theme of themesOfState()) {
			await useTheme(theme);
			for (const width of ['wide', 'narrow'] as const) {
				if (width === 'narrow') {
					await makeNarrow();
				} else {
					await workbench.page.setViewportSize({ width: 1400, height });
				}
				const wrong = [...(await violations()), ...(await overflow()).map((html) => `too wide: ${html}`)];
				found.push(...wrong.map((sentence) => `${theme}, ${width}: ${sentence}`));
				if (process.env['SHOTS']) {
					await workbench.page.screenshot({
						path: `${process.env['SHOTS']}/${state}-${theme.replaceAll(' ', '-')}-${width}.png`,
					});
				}
			}
		}
		assert.deepEqual(found, []);
	}

	describe('has no fault that axe finds, wide or narrow', () => {
		it('with a finished answer', async () => {
			session.server.next({ text: everything });
			await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
			const turn = await workbench.finishedTurn();
			assert.equal(await turn.locator('td.align-right').count(), 2);
			assert.equal(await turn.locator('ol').getAttribute('start'), '3');
			await looksRight('finished');
		});

		it('while an answer is coming', async () => {
			const gate = createGate();
			session.server.next({ text: ['A stone **harbour**', gate.opened] });
			await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
			await workbench.panel().locator('.answer strong').waitFor();
			await looksRight('running');
			gate.open();
		});

		it('with a failure', async () => {
			session.server.next({
				status: 500,
				headers: { 'x-should-retry': 'false' },
				body: '{"error":{"message":"upstream connect error"}}',
			});
			await workbench.chooseFromContextMenu(['images/harbour.jpg', 'bad/truncated.jpg'], 'Describe');
			await workbench.panel().locator('.failure').waitFor();
			await workbench.panel().locator('.attachment-failure').waitFor();
			await looksRight('failed');
		});

		it('with sources, images, programs and thoughts', async () => {
			await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
			await workbench.finishedTurn();
			await session.changeConversation(workbench, (state) =>
				groundedConversation(state, join(session.workspace.folder, 'images', 'formats', 'boat.JPEG')),
			);
			const panel = workbench.panel();
			await panel.locator('figure img').waitFor();
			await panel.locator('summary', { hasText: 'Thoughts' }).click();
			await panel.locator('summary', { hasText: 'Program' }).click();
			await looksRight('grounded', 1400);
		});

		it('while the model thinks', async () => {
			const gate = createGate();
			session.server.next({
				thought: 'The boats lie on the *mud*, so the tide is low.',
				text: [gate.opened, 'Low tide.'],
			});
			await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
			await workbench.panel().locator('summary', { hasText: 'Thinking' }).click();
			await workbench.panel().locator('.thoughts em', { hasText: 'mud' }).waitFor();
			await looksRight('thinking');
			gate.open();
		});

		it('while the request waits to be tried again', async () => {
			await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
			await workbench.finishedTurn();
			await show({
				...newTurn(1, 'describe', 'Describe'),
				status: 'waiting',
				wait: 'Waiting 12 s, as models.example asks',
			});
			await workbench.panel().getByText('Waiting 12 s, as models.example asks').first().waitFor();
			await looksRight('waiting');
		});

		it('when nothing was sent', async () => {
			await workbench.chooseFromContextMenu(['images/harbour.jpg', 'images/wave-rule.png', ...sixth], 'Describe');
			await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Cancel' }).click();
			await workbench.panel().locator('.failure.neutral', { hasText: 'Nothing was sent.' }).waitFor();
			await looksRight('unsent');
		});

		it('with files that move and can be removed', async () => {
			await copyFile(
				join(repository, 'test', 'fixtures', 'moving', 'tide.gif'),
				join(session.workspace.folder, 'images', 'tide.gif'),
			);
			await workbench.chooseFromContextMenu(['images/harbour.jpg', 'images/tide.gif'], 'Describe');
			await workbench.finishedTurn();
			await workbench.panel().getByRole('checkbox').check();
			await workbench.panel().getByText('Up to 4 of 12 frames').waitFor();
			await looksRight('files');
		});

		it('with what the reader on this device gives', async () => {
			await workbench.runCommand('Descry: Select Model…');
			await workbench.chooseModel({ entry: 'Text reader' });
			await eventually(async () => assert.equal(await session.rememberedModel(), 'device/text'));
			await workbench.chooseFromContextMenu(['images/settings-screenshot.png'], 'Describe');
			await workbench.panel().locator('.offer button').waitFor();
			await looksRight('device');
		});

		after(async () => {
			await workbench.runCommand('Descry: Select Model…');
			await workbench.chooseModel({ id: 'test/test-vision' });
			await eventually(async () => assert.equal(await session.rememberedModel(), 'test/test-vision'));
		});
	});

	it('is worked with the keyboard: files, links, actions, question, model, in that order', async () => {
		session.server.next({ text: 'See [the guide](https://example.org/guide).' });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await (await workbench.finishedTurn()).locator('h2').click();
		const names: string[] = [];
		for (let step = 0; step < 3; step++) {
			await workbench.page.keyboard.press('Shift+Tab');
		}
		for (let step = 0; step < 10; step++) {
			names.push(
				await inPanel<string>(`(({ activeElement: node }) => node.ariaLabel || node.textContent.trim())(document)`),
			);
			await workbench.page.keyboard.press('Tab');
		}
		assert.match(names[0] ?? '', /^harbour\.jpg/);
		assert.deepEqual(names.slice(1, 9), [
			'Insert harbour.jpg with alt text at the cursor',
			'Copy alt text of harbour.jpg',
			'the guide',
			'Copy',
			'Insert at cursor',
			'Retry',
			'Open in new panel',
			'Question about these files',
		]);
		assert.match(names[9] ?? '', /^test-vision/);
	});

	it('stops on Escape, and says start and end once', async () => {
		const count = session.server.requests.length;
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.finishedTurn();
		await inPanel(`{
			window.heard = [];
			const status = document.querySelector('[role=status]');
			new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
		}`);
		const box = workbench.panel().locator('textarea');
		session.server.next({ text: ['Two', ' boats', ' lie', ' here.'] });
		await box.fill('How many boats?');
		await box.press('Enter');
		await workbench.panel().locator('.answer', { hasText: 'Two boats lie here.' }).waitFor();
		await workbench.panel().locator('article.turn[aria-busy="false"]').nth(1).waitFor();
		session.server.next({ text: ['And then', createGate().opened] });
		await box.fill('And then?');
		await box.press('Enter');
		await workbench.panel().locator('.answer', { hasText: 'And then' }).waitFor();
		const request = await session.server.request(count + 2);
		await workbench.page.keyboard.press('Escape');
		assert.equal(await request.closedEarly, true);
		await workbench.panel().locator('.note', { hasText: 'Stopped' }).waitFor();
		assert.deepEqual(await inPanel<readonly string[]>('heard'), [
			'How many boats?: Reading the files',
			'How many boats?: Waiting for the answer',
			'How many boats?: Done',
			'And then?: Reading the files',
			'And then?: Waiting for the answer',
			'And then?: Stopped',
		]);
	});

	it('shows hostile Markdown as text, loads nothing and runs nothing', async () => {
		const asked: string[] = [];
		const watch = (request: Request): void => void asked.push(request.url());
		workbench.page.context().on('request', watch);
		try {
			session.server.next({ text: hostile });
			await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
			const turn = await workbench.finishedTurn();
			const answer = turn.locator('.answer');
			await answer.getByText('The end.').waitFor();
			const text = await answer.innerText();
			for (const shown of ['<img src=x onerror=', '<meta http-equiv=refresh', '<script>', '<style>', '<iframe']) {
				assert.ok(text.includes(shown), `${shown} is not shown in: ${text}`);
			}
			assert.equal(
				await answer.locator('img, picture, meta, script, style, iframe, svg, form, input, video, object').count(),
				0,
			);
			const links = await inPanel<readonly string[]>(
				`[...document.querySelectorAll('.answer a')].map((link) => link.getAttribute('href'))`,
			);
			assert.deepEqual(links, ['https://example.org/fine']);
			assert.equal(
				await inPanel(
					`[...document.querySelectorAll('.answer *')].some((node) => node.hasAttribute('style') || node.hasAttribute('onerror'))`,
				),
				false,
			);
			assert.equal(await inPanel('window.pwned'), undefined);
			assert.deepEqual(
				asked.filter((url) => url.includes('evil')),
				[],
			);
		} finally {
			workbench.page.context().off('request', watch);
		}
	});

	it('has a content security policy that allows no inline code or style and no foreign source', async () => {
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.finishedTurn();
		const policy = await inPanel<string>(`document.querySelector('meta[http-equiv=Content-Security-Policy]').content`);
		assert.match(policy, /^default-src 'none';/);
		assert.doesNotMatch(policy, /unsafe|\*(?!\.)|connect-src/);
		const tried = `new Promise((resolve) => {
			addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
			const picture = new Image();
			picture.onload = picture.onerror = () => setTimeout(resolve, 1000, 'loaded');
			picture.src = 'https://evil.example/pixel.png';
		})`;
		assert.equal(await inPanel(tried), 'img-src');
	});
});

const hostile = [
	'<img src=x onerror="window.pwned = 1">',
	'<img src="https://evil.example/a.png">',
	'![pixel](https://evil.example/b.png)',
	'![pixel][ref]',
	'<meta http-equiv=refresh content="0;url=https://evil.example/c">',
	'<script>window.pwned = 1</script>',
	'<style>body { background: url(https://evil.example/d.png) }</style>',
	'<iframe src="https://evil.example/e"></iframe>',
	'<svg onload="window.pwned = 1"></svg>',
	'[command](command:workbench.action.closeAllEditors)',
	'[editor](vscode://descry.descry/x)',
	'[script](javascript:window.pwned=1)',
	'[script](JaVaScRiPt:window.pwned=1)',
	'[data](data:text/html,<script>window.pwned=1</script>)',
	'[file](file:///etc/passwd)',
	'[plain](http://evil.example/f)',
	'<https://evil.example" onclick="window.pwned=1>',
	'<vscode://x>',
	'[fine](https://example.org/fine)',
	'',
	'[ref]: https://evil.example/g.png',
	'',
	'The end.',
].join('\n\n');
