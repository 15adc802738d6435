import assert from 'node:assert/strict';
import type { ImageAttachment } from '../../../src/attachments/attachment.ts';
import { AttachmentFailure } from '../../../src/attachments/attachmentFailure.ts';
import type { OpenFile } from '../../../src/attachments/open.ts';
import { ConversationFiles } from '../../../src/conversation/files.ts';
import { newConversation } from '../../../src/conversation/state.ts';

const image: ImageAttachment = {
	kind: 'image',
	name: 'a.png',
	fileType: 'image/png',
	fileSize: 5,
	width: 1,
	height: 1,
	pictureFor: () => Promise.reject(new Error('Nobody looks at it.')),
};
const here = { uri: 'file:///a.png', name: 'a.png' };
const far = { uri: 'https://pictures.example/a.png?b=%26', name: 'a.png' };

describe("A conversation's files", () => {
	function filesOpenedBy(open: OpenFile) {
		const learned: string[] = [];
		const files = new ConversationFiles(
			{
				open,
				refuseExcluded: (uri) =>
					uri.includes('secret') ? Promise.reject(new Error('It is excluded.')) : Promise.resolve(),
				detail: () => 'read',
				addressDetail: () => 'only its address',
				fetchedDetail: ({ bytes }) => `${bytes} fetched`,
				fileFailure: () => 'failed',
			},
			(_uri, { detail, failure }) => learned.push(failure ?? detail ?? ''),
			new AbortController().signal,
		);
		const read = (which: readonly (typeof far & { byAddress?: boolean })[], signal = new AbortController().signal) =>
			files.readAll(newConversation('id', which).attachments, signal);
		return { files, read, learned };
	}

	const opened = {
		size: 5,
		thumbnail: Promise.resolve(undefined),
		attachment: Promise.resolve(image),
		isCurrent: () => Promise.resolve(true),
	};

	it('are not read where only their addresses are to be sent', async () => {
		const { read, learned } = filesOpenedBy(() => Promise.reject(new Error('It was opened.')));
		const { attachments, files, addresses } = await read([{ ...far, byAddress: true }]);
		assert.deepEqual([attachments, files], [[], []]);
		assert.deepEqual(
			addresses.map(({ url, name, mediaType }) => [url.href, name, mediaType]),
			[[far.uri, 'a.png', 'image/png']],
		);
		assert.deepEqual(learned, ['only its address']);
	});

	it('are not sent by their addresses either where they are excluded', async () => {
		const { read, learned } = filesOpenedBy(() => Promise.resolve(opened));
		const secret = { uri: 'https://pictures.example/secret/b.png', name: 'b.png', byAddress: true };
		await assert.rejects(read([secret]), { message: 'It is excluded.' });
		assert.deepEqual(learned, ['failed']);
		const { attachments, addresses } = await read([secret, here]);
		assert.deepEqual([attachments.length, addresses.length], [1, 0]);
	});

	it('are asked about as far as they can be, addresses among them', async () => {
		const { read } = filesOpenedBy((uri) => (uri === far.uri ? Promise.resolve(opened) : Promise.reject(new Error())));
		const other = { uri: 'https://pictures.example/b.png', name: 'b.png', byAddress: true };
		assert.deepEqual(
			(await read([here, other])).addresses.map(({ number }) => number),
			[2],
		);
		assert.deepEqual((await read([here, far])).attachments, [{ ...image, number: 2 }]);
		await assert.rejects(read([here]));
	});

	it('have each its own number, also where one is given twice', async () => {
		const { read } = filesOpenedBy(() => Promise.resolve(opened));
		assert.deepEqual(
			(await read([here, here])).attachments.map(({ number }) => number),
			[1, 2],
		);
	});

	it('tell how much has come', async () => {
		const { read, learned } = filesOpenedBy((_uri, _signal, told) => {
			told?.({ bytes: 3, of: 5 });
			return Promise.resolve(opened);
		});
		await read([far]);
		assert.deepEqual(learned, ['3 fetched', 'read']);
	});

	it('are left at once when the question is stopped, and opened anew for the next', async () => {
		const signals: AbortSignal[] = [];
		const { read, learned } = filesOpenedBy((_uri, signal) => {
			signals.push(signal);
			return signals.length > 1
				? Promise.resolve(opened)
				: new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('Left.'))));
		});
		const stop = new AbortController();
		const reading = read([far], stop.signal);
		stop.abort();
		await assert.rejects(reading, { name: 'AbortError' });
		assert.equal(signals[0]?.aborted, true);
		assert.deepEqual((await read([far])).attachments, [{ ...image, number: 1 }]);
		assert.equal(signals[1]?.aborted, false);
		// A stop is no failure of the file.
		assert.deepEqual(learned, ['', 'read']);
	});

	it('are left at once when they are to be read anew', async () => {
		const signals: AbortSignal[] = [];
		const { files, read, learned } = filesOpenedBy((_uri, signal) => {
			signals.push(signal);
			return signals.length > 1 ? Promise.resolve(opened) : new Promise(() => undefined);
		});
		void read([far]);
		files.forget();
		await read([far]);
		assert.deepEqual(
			signals.map(({ aborted }) => aborted),
			[true, false],
		);
		assert.deepEqual(learned, ['read']);
	});

	it('that were read stay so when a later question is stopped', async () => {
		let count = 0;
		const { read } = filesOpenedBy(() => {
			count++;
			return Promise.resolve(opened);
		});
		await read([far]);
		await assert.rejects(read([far], AbortSignal.abort()));
		await read([far]);
		assert.equal(count, 1);
	});

	it('are opened anew for a question when they were written since, which is told once', async () => {
		let version = 1;
		const { read } = filesOpenedBy(() => {
			const mine = version;
			const attachment = Promise.resolve({ ...image, width: mine });
			return Promise.resolve({ ...opened, attachment, isCurrent: () => Promise.resolve(version === mine) });
		});
		const widths = async () => {
			const { attachments, changed } = await read([here]);
			return [attachments.map((one) => one.kind === 'image' && one.width), changed];
		};
		assert.deepEqual(await widths(), [[1], []]);
		version = 2;
		assert.deepEqual(await widths(), [[2], ['a.png']]);
		assert.deepEqual(await widths(), [[2], []]);
	});

	it('that could not be read are tried again with the next question', async () => {
		const outcomes = [Promise.reject(new AttachmentFailure('missing')), Promise.resolve(opened)];
		const { read } = filesOpenedBy(() => outcomes.shift() ?? assert.fail());
		await assert.rejects(read([here]), { kind: 'missing' });
		assert.equal((await read([here])).attachments.length, 1);
	});

	it('that stayed locked are asked about again only where nothing else could be read', async () => {
		let asked = 0;
		const openings = () =>
			filesOpenedBy((uri) => {
				asked += uri === here.uri ? 1 : 0;
				return uri === far.uri ? Promise.resolve(opened) : Promise.reject(new AttachmentFailure('locked'));
			});
		const beside = openings();
		await beside.read([here, far]);
		await beside.read([here, far]);
		assert.equal(asked, 1);
		const alone = openings();
		await assert.rejects(alone.read([here]), { kind: 'locked' });
		await assert.rejects(alone.read([here]), { kind: 'locked' });
		assert.equal(asked, 3);
	});
});
