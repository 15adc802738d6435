import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkerJobs } from '../../../src/attachments/workers/workerJobs.ts';
import { never } from './fixtures.ts';
import type { Misbehaviour } from './workers/misbehavingWorker.ts';

describe('WorkerJobs', function () {
	this.timeout(20_000);
	const entry = new URL('./workers/misbehavingWorker.ts', import.meta.url);
	const jobs = new WorkerJobs<Misbehaviour, number>(entry, { silence: 10_000, idle: 10_000 });
	afterEach(() => jobs.end());

	async function threads(how: Misbehaviour, signal = never): Promise<number[]> {
		const found: number[] = [];
		for await (const thread of jobs.run(how, [], signal)) {
			found.push(thread);
		}
		return found;
	}

	it('does jobs one after the other in one thread', async () => {
		const results = await Promise.all([threads('none'), threads('none'), threads('none')]);
		const [thread] = results.flat();
		assert.deepEqual(results, Array(3).fill([thread, thread]));
	});

	it("passes on the worker's own failure and keeps the worker", async () => {
		const [thread] = await threads('none');
		await assert.rejects(threads('fail'), { name: 'AttachmentFailure', kind: 'locked', reason: 'a reason' });
		assert.deepEqual(await threads('none'), [thread, thread]);
	});

	for (const how of ['break', 'throw-outside', 'exit'] as const) {
		it(`fails with unreadable when the worker does ${how}, and starts a new one for the next job`, async () => {
			const [thread] = await threads('none');
			const broken = assert.rejects(threads(how), { name: 'AttachmentFailure', kind: 'unreadable' });
			const next = await threads('none');
			await broken;
			assert.notEqual(next[0], thread);
		});
	}

	for (const how of ['hang', 'never-answer'] as const) {
		it(`fails with unreadable after a silence when the worker does ${how}`, async () => {
			const impatient = new WorkerJobs<Misbehaviour, number>(entry, { silence: 1000, idle: 10_000 });
			const run = impatient.run(how, [], never);
			await assert.rejects(
				async () => {
					for await (const thread of run) {
						assert.ok(thread > 0);
					}
				},
				{ kind: 'unreadable', reason: 'The worker hung.' },
			);
			assert.ok((await impatient.run('none', [], never).next()).value);
			impatient.end();
		});
	}

	for (const how of ['hang', 'never-answer'] as const) {
		it(`ends at once when aborted in the middle of ${how}`, async () => {
			const controller = new AbortController();
			const run = jobs.run(how, [], controller.signal);
			const { value: thread } = await run.next();
			const rest = run.next();
			controller.abort();
			const began = performance.now();
			await assert.rejects(rest, { name: 'AbortError' });
			assert.ok(performance.now() - began < 1000);
			assert.notEqual((await threads('none'))[0], thread);
		});
	}

	it('fails with nothing but the abort when aborted between two results', async () => {
		const unheard: unknown[] = [];
		const hear = (reason: unknown): number => unheard.push(reason);
		process.on('unhandledRejection', hear);
		const controller = new AbortController();
		const run = jobs.run('none', [], controller.signal);
		await run.next();
		controller.abort();
		await assert.rejects(run.next(), { name: 'AbortError' });
		await delay(10);
		process.off('unhandledRejection', hear);
		assert.deepEqual(unheard, []);
	});

	it('starts nothing when aborted before', async () => {
		await assert.rejects(threads('none', AbortSignal.abort()), { name: 'AbortError' });
	});

	it('leaves other jobs alone when one is aborted while it waits', async () => {
		const controller = new AbortController();
		const results = [threads('none'), threads('none', controller.signal), threads('none')];
		controller.abort();
		const [first, aborted, last] = await Promise.allSettled(results);
		assert.equal(first?.status, 'fulfilled');
		assert.equal(aborted?.status, 'rejected');
		assert.deepEqual(last, first);
	});

	it('gives way to the next job when its reader stops reading', async () => {
		for await (const thread of jobs.run('hang', [], never)) {
			assert.ok(thread > 0);
			break;
		}
		assert.equal((await threads('none')).length, 2);
	});

	it('ends the thread when idle', async () => {
		const idle = new WorkerJobs<Misbehaviour, number>(entry, { silence: 10_000, idle: 20 });
		const first = await idle.one('none', [], never);
		await delay(200);
		assert.notEqual(await idle.one('none', [], never), first);
		idle.end();
	});
});
