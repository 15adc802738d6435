import { threadId } from 'node:worker_threads';
import { AttachmentFailure } from '../../../../src/attachments/attachmentFailure.ts';
import { serveJobs } from '../../../../src/attachments/workers/serveJobs.ts';

export type Misbehaviour = 'none' | 'fail' | 'break' | 'throw-outside' | 'exit' | 'hang' | 'never-answer';

serveJobs(misbehave, () => []);

/** Tells its thread's id, then does what it is told, then tells it again. */
async function* misbehave(how: Misbehaviour): AsyncGenerator<number, void, undefined> {
	yield threadId;
	switch (how) {
		case 'none':
			break;
		case 'fail':
			throw new AttachmentFailure('locked', 'a reason');
		case 'break':
			throw new RangeError('out of bounds');
		case 'throw-outside':
			setImmediate(() => {
				throw new Error('nobody waits for this');
			});
			await new Promise(() => undefined);
			break;
		case 'exit':
			process.exit(3);
		case 'hang':
			for (;;);
		case 'never-answer':
			await new Promise(() => undefined);
			break;
	}
	yield threadId;
}
