import assert from 'node:assert/strict';
import { AttachmentFailure } from '../../src/attachments/attachmentFailure.ts';
import { Failure, type FailureDetails } from '../../src/client/failure/failure.ts';
import { type Action, timeOf } from '../../src/failures/action.ts';
import { repairSentence, waitSentence } from '../../src/failures/attemptSentences.ts';
import { actionLabel, attachmentSentence, noticeOf } from '../../src/failures/sentences.ts';
import { mistakeSentence } from '../../src/failures/settingMistakes.ts';
import { estimateSentence } from '../../src/models/estimateSentence.ts';
import { TooManyImages } from '../../src/models/parts/shareRequest.ts';
import { readRequestSettings } from '../../src/models/settings/requestSettings.ts';

const host = 'api.x.test';

function notice(details: FailureDetails): ReturnType<typeof noticeOf> {
	return noticeOf(new Failure(details), { host, model: 'm' });
}

describe('the sentence of an estimate', () => {
	it('is rounded, and speaks of tokens only where they are known', () => {
		assert.equal(
			estimateSentence({ tokens: 13_245, bytes: 3_250_000 }),
			'The model gets about 3.1 MB, which count as about 13,000 tokens.',
		);
		assert.equal(estimateSentence({ tokens: undefined, bytes: 3_250_000 }), 'The model gets about 3.1 MB.');
	});
});

describe('the sentences of failures', () => {
	it('say how many images an endpoint takes', () => {
		assert.deepEqual(noticeOf(new TooManyImages(16), { host, model: 'm' }), {
			sentence: 'api.x.test takes at most 16 images at once. Remove some of the files above, then try again.',
			actions: ['try-again', 'choose-model'],
		});
	});

	const cases: readonly (readonly [details: FailureDetails, sentence: string, actions: readonly Action[]])[] = [
		[{ kind: 'auth' }, 'api.x.test did not accept the API key.', ['set-api-key', 'choose-model', 'show-log']],
		[
			{ kind: 'auth', code: 'no-key-set' },
			'api.x.test needs an API key, and none is set.',
			['set-api-key', 'choose-model', 'show-log'],
		],
		[
			{ kind: 'rate', retryAfter: 11_200 },
			'api.x.test asks to wait 12 s before the next try.',
			['try-again', 'choose-model', 'show-log'],
		],
		[
			{ kind: 'empty', code: 'length' },
			'm used up its limit of tokens before it said anything. Raise maxOutputTokens in the settings, or let it think less.',
			['open-settings', 'choose-model', 'try-again', 'show-log'],
		],
		[
			{ kind: 'unsupported-parameter', code: 'temperature' },
			'api.x.test does not accept the option “temperature” for m.',
			['open-settings', 'choose-model', 'show-log'],
		],
		[
			{ kind: 'invalid-response', code: 'redirect' },
			'api.x.test sends requests on to another address, where no key and no file may follow. Use that address.',
			['open-settings', 'choose-model', 'show-log'],
		],
		[
			{ kind: 'image-rejected', code: 'sees-no-images' },
			'm sees no images. Nothing was sent.',
			['choose-model', 'show-log'],
		],
		[
			{ kind: 'timeout', code: 'total' },
			'api.x.test took longer for its whole answer than the settings allow.',
			['try-again', 'open-settings', 'choose-model', 'show-log'],
		],
		[
			{ kind: 'truncated' },
			'The answer from api.x.test broke off before its end.',
			['try-again', 'choose-model', 'show-log'],
		],
		[
			{ kind: 'invalid-response', code: 'answer-too-long' },
			'api.x.test sent more than Descry can take in.',
			['try-again', 'choose-model', 'show-log'],
		],
		[
			{ kind: 'invalid-response', code: 'bad-image' },
			'api.x.test sent an image that is damaged.',
			['try-again', 'choose-model', 'show-log'],
		],
		// What the HTTP client for servers on this machine calls a connection that ended too early.
		[
			{ kind: 'network', code: 'UND_ERR_SOCKET' },
			'The connection to api.x.test was lost.',
			['try-again', 'open-proxy-settings', 'choose-model', 'show-log'],
		],
		// Servers name their codes as they like.
		[
			{ kind: 'blocked', code: 'constructor' },
			'api.x.test blocked this request or its answer under its content policy.',
			['choose-model', 'show-log'],
		],
		[
			{ kind: 'network', code: 'toString' },
			'api.x.test could not be reached.',
			['try-again', 'open-proxy-settings', 'choose-model', 'show-log'],
		],
	];
	for (const [details, sentence, actions] of cases) {
		it(`say what is the matter: ${JSON.stringify(details)}`, () =>
			assert.deepEqual(notice(details), { sentence, actions }));
	}

	it('offer to fetch a file here that the server was to fetch itself, where that may be the matter', () => {
		const byAddress = (details: FailureDetails): ReturnType<typeof noticeOf> =>
			noticeOf(new Failure(details), { host, model: 'm', byAddress: true });
		assert.deepEqual(byAddress({ kind: 'image-rejected', code: 'invalid_image_url', serverMessage: 'Not found.' }), {
			sentence: 'api.x.test did not take the address of the file, or could not fetch it. It says: “Not found.”',
			actions: ['fetch-here', 'choose-model', 'try-again', 'show-log'],
		});
		assert.deepEqual(byAddress({ kind: 'server' }).actions, ['fetch-here', 'try-again', 'choose-model', 'show-log']);
		for (const kind of ['auth', 'balance', 'rate', 'blocked', 'model-not-found', 'network'] as const) {
			assert.deepEqual(byAddress({ kind }), notice({ kind }), kind);
		}
	});

	it('say what is at an address that is no image and no PDF', () => {
		const sentence = (type?: string): string => attachmentSentence(new AttachmentFailure('leads-elsewhere', type));
		assert.match(sentence('text/html'), /leads to a web page, not/);
		assert.match(sentence('text/csv'), /leads to a text, not/);
		assert.match(sentence('video/mp4'), /leads to a video, not/);
		assert.match(sentence('font/woff2'), /leads to \(font\/woff2\) is no image/);
		for (const type of [undefined, 'application/octet-stream', 'constructor']) {
			assert.match(sentence(type), /What the address leads to/);
		}
	});

	it('name the compression of a TIFF that is not read', () => {
		assert.equal(
			attachmentSentence(new AttachmentFailure('unsupported-compression', 'LZMA')),
			'The TIFF is compressed in a way that Descry does not read (LZMA). Saved with LZW or ZIP compression it can be read.',
		);
	});

	it('name the time from which on the server answers again', () => {
		const before = Date.now();
		const { sentence, actions } = notice({ kind: 'rate', retryAfter: 30 * 60_000 });
		const [action] = actions;
		assert.ok(action);
		const time = timeOf(action) ?? 0;
		assert.ok(time >= before + 30 * 60_000 && time <= Date.now() + 30 * 60_000);
		const label = actionLabel(action);
		assert.match(label, /^Try again at \d\d:\d\d/);
		assert.ok(sentence.endsWith(`wait until ${label.slice('Try again at '.length)}.`), sentence);
		// A quota that comes back tomorrow is not waited for.
		assert.deepEqual(notice({ kind: 'quota', retryAfter: 24 * 60 * 60_000 }).actions, [
			'choose-model',
			'try-again',
			'show-log',
		]);
	});

	it('tell of waits', () => {
		assert.equal(waitSentence({ milliseconds: 11_200, reason: 'rate' }, host), 'Waiting 12 s, as api.x.test asks');
		assert.equal(waitSentence({ milliseconds: 5, reason: 'server' }, host), 'Waiting 1 s, as api.x.test failed');
		assert.match(
			waitSentence({ milliseconds: 600_000, reason: 'quota' }, host),
			/^Waiting until \d\d:\d\d.*, as api\.x\.test asks$/,
		);
	});

	it('tell of what was changed in a request', () => {
		assert.equal(
			repairSentence({ kind: 'dropped', field: 'temperature' }, host),
			'api.x.test does not accept “temperature”: sent without it.',
		);
		assert.equal(
			repairSentence({ kind: 'renamed', field: 'max_tokens', to: 'max_completion_tokens' }, host),
			'api.x.test does not know “max_tokens”: sent as “max_completion_tokens”.',
		);
		assert.match(repairSentence({ kind: 'image-converted' }, host), /does not take this format of image/);
	});

	it('tell of settings that were left out, without what stands there', () => {
		const { mistakes } = readRequestSettings({ temperature: 'sk-secret', topk: 0.5, tpoP: 1, nonsense: 1 });
		const sentences = mistakes.map((mistake) => mistakeSentence('descry.request', mistake));
		assert.deepEqual(sentences.toSorted(), [
			'descry.request › nonsense was left out: there is no such option.',
			'descry.request › temperature was left out: it has to be a number from 0 to 2.',
			'descry.request › topK was left out: it has to be a whole number from 1 to 1000.',
			'descry.request › tpoP was left out: there is no such option, but topP, topK.',
		]);
	});
});
