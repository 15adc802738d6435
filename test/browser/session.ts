import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Test } from 'mocha';
import type { Browser } from 'playwright-core';
import type { Endpoint } from '../../src/client/endpoint.ts';
import type { ConversationState } from '../../src/conversation/messages.ts';
import { presets } from '../../src/models/settings/presets.ts';
import { type Editor, startEditor } from '../host/editor.ts';
import { outFolder } from '../host/repository.ts';
import { createSampleWorkspace, type SampleWorkspace } from '../host/sampleWorkspace.ts';
import { startBrowser, Workbench } from '../host/workbench.ts';
import { type ModelServer, type ModelServerOptions, startModelServer } from '../modelServer.ts';

/** A VS Code with the packaged extension, a workspace to write in, a browser, and a model server that answers. */
export interface Session {
	readonly editor: Editor;
	readonly browser: Browser;
	readonly workspace: SampleWorkspace;
	readonly server: ModelServer;
	/** Changes the user's settings, those of the start being the rest, and reloads the window, which then has them. */
	configure(workbench: Workbench, changes: Readonly<Record<string, unknown>>): Promise<void>;
	/** What the user's settings remember as the model; empty for none. */
	rememberedModel(): Promise<unknown>;
	/**
	 * Changes the conversation that was saved last, images being files beside it, and reloads the window, which then
	 * shows it so: for answers of servers that no test has.
	 */
	changeConversation(
		workbench: Workbench,
		change: (state: ConversationState) => Promise<{
			readonly state: ConversationState;
			readonly images: Readonly<Record<string, Uint8Array>>;
		}>,
	): Promise<void>;
	end(): Promise<void>;
}

export async function startSession(
	options: {
		readonly server?: ModelServerOptions;
		/** That `test`, the model server, is asked in. */
		readonly protocol?: Endpoint['protocol'];
		/** Beside `test`. */
		readonly endpoints?: Readonly<Record<string, unknown>>;
		readonly settings?: Readonly<Record<string, unknown>>;
		readonly env?: NodeJS.ProcessEnv;
	} = {},
): Promise<Session> {
	const server = await startModelServer(options.server);
	const workspace = await createSampleWorkspace();
	const auth = options.server?.requireKey === undefined ? 'none' : 'bearer';
	const settings = {
		'descry.endpoints': {
			test: { baseUrl: server.baseUrl, auth, ...(options.protocol && { protocol: options.protocol }) },
			...options.endpoints,
		},
		'descry.model': 'test/test-vision',
		...options.settings,
	};
	const editor = await startEditor({
		folder: workspace.folder,
		vsix: join(outFolder, 'descry.vsix'),
		settings,
		env: { ...withoutKeys(process.env), ...options.env },
	});
	const browser = await startBrowser();
	return {
		editor,
		browser,
		workspace,
		server,
		async configure(workbench, changes) {
			await editor.settings({ ...settings, ...changes });
			// The server build's window does not hear of a changed file.
			await workbench.reload();
		},
		async rememberedModel() {
			const text = await readFile(join(editor.userData, 'User', 'settings.json'), 'utf8');
			return (JSON.parse(text) as Readonly<Record<string, unknown>>)['descry.model'] ?? '';
		},
		async changeConversation(workbench, change) {
			const folder = join(editor.userData, 'User', 'globalStorage', 'descry.descry', 'conversations');
			const file = await newestIn(folder);
			const { state, images } = await change(JSON.parse(await readFile(file, 'utf8')) as ConversationState);
			await mkdir(join(folder, state.id), { recursive: true });
			for (const [name, bytes] of Object.entries(images)) {
				await writeFile(join(folder, state.id, name), bytes);
			}
			await writeFile(file, JSON.stringify(state));
			await workbench.reload();
		},
		async end() {
			await browser.close();
			await editor.end();
			await Promise.all([server.close(), workspace.remove()]);
		},
	};
}

async function newestIn(folder: string): Promise<string> {
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
	const dated = await Promise.all(files.map(async (file) => ({ file, time: (await stat(file)).mtimeMs })));
	const [newest] = dated.sort((one, other) => other.time - one.time);
	if (!newest) {
		throw new Error(`No conversation is saved in ${folder}.`);
	}
	return newest.file;
}

/** A test must not find, let alone use, the keys of whoever runs it. */
function withoutKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const names = new Set(presets.map(({ keyVariable }) => keyVariable));
	return Object.fromEntries(Object.entries(env).filter(([name]) => !names.has(name)));
}

/** Of a window between tests, ms: as long again is left of the hook's time to open another. */
const tidyingTime = 60_000;

/**
 * Begins a session before the tests of a block, opens its window, and ends both after them; between tests it photographs
 * a failure, then tidies. Where that fails another window takes the place of the first, of which `begun` hears, too: the
 * tests that remain can run, and the block fails at its end.
 */
export function inSession(
	start: () => Promise<Session>,
	begun: (at: { readonly session: Session; readonly workbench: Workbench }) => unknown,
	tidy: () => Promise<void> = () => Promise.resolve(),
): void {
	let session: Session;
	let workbench: Workbench;
	const untidied: string[] = [];

	async function openWindow(): Promise<void> {
		workbench = await Workbench.open(session.browser, session.editor.address);
		await begun({ session, workbench });
	}

	before(async () => {
		session = await start();
		await openWindow();
	});

	afterEach(async function () {
		const test = this.currentTest;
		try {
			await within(tidyingTime, photographFailure(test, workbench).then(tidy));
		} catch (error) {
			// What a hook throws here would end the block: the tests that remain would not run.
			untidied.push(`${test?.title ?? ''}: ${String(error)}`);
			await workbench.page.context().close();
			await openWindow();
		}
	});

	after(async () => {
		await session.end();
		assert.deepEqual(untidied, [], 'A window could not be tidied after a test.');
	});
}

/** Fails when the work takes longer than so many ms. */
function within(time: number, work: Promise<void>): Promise<void> {
	const late = wait(time, undefined, { ref: false }).then(() => Promise.reject(new Error(`It took over ${time} ms.`)));
	return Promise.race([work, late]);
}

/** Leaves a picture of a failed test's window in out/failures. */
async function photographFailure(test: Test | undefined, workbench: Workbench): Promise<void> {
	if (test?.state === 'failed') {
		await workbench.page.screenshot({ path: join(outFolder, 'failures', `${test.title.replaceAll(/\W+/g, '-')}.png`) });
	}
}
