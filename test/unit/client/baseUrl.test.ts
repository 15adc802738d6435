import assert from 'node:assert/strict';
import { Failure, isLoopback, operationUrl } from '../../../src/client/index.ts';

describe('the address of an operation', () => {
	for (const [entered, expected] of [
		['https://h', 'https://h/v1/chat/completions'],
		['https://h/', 'https://h/v1/chat/completions'],
		['https://h/v1', 'https://h/v1/chat/completions'],
		['https://h/v1//', 'https://h/v1/chat/completions'],
		['https://h/v1/chat/completions', 'https://h/v1/chat/completions'],
		['https://h/v1/chat/completions/', 'https://h/v1/chat/completions'],
		['https://h/v1/models', 'https://h/v1/chat/completions'],
		['https://h/v1beta/models/gemini-2.5-flash:generateContent', 'https://h/v1beta/chat/completions'],
		['https://h/api', 'https://h/api/v1/chat/completions'],
		['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1/chat/completions'],
		['https://h/v1beta/openai/', 'https://h/v1beta/openai/chat/completions'],
		['https://a.openai.azure.com/openai/v1/', 'https://a.openai.azure.com/openai/v1/chat/completions'],
		[
			'https://a.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
			'https://a.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
		],
		['https://a.openai.azure.com', 'https://a.openai.azure.com/openai/v1/chat/completions'],
		[
			'https://a.openai.azure.com/openai?api-version=2024-10-21',
			'https://a.openai.azure.com/openai/v1/chat/completions',
		],
		[
			'https://a.cognitiveservices.azure.com/openai/deployments/d/',
			'https://a.cognitiveservices.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
		],
		['https://a.services.ai.azure.com/api/projects/p', 'https://a.services.ai.azure.com/openai/v1/chat/completions'],
		[
			'https://a.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview',
			'https://a.services.ai.azure.com/openai/v1/chat/completions',
		],
		['https://openai.azure.com.evil.test', 'https://openai.azure.com.evil.test/v1/chat/completions'],
		['https://user:secret@h/v1#top', 'https://h/v1/chat/completions'],
		['  https://h/v1\n', 'https://h/v1/chat/completions'],
		['api.openai.com/v1', 'https://api.openai.com/v1/chat/completions'],
		['localhost:11434', 'http://localhost:11434/v1/chat/completions'],
		['127.0.0.1:1234/v1', 'http://127.0.0.1:1234/v1/chat/completions'],
		['http://[::1]:8080', 'http://[::1]:8080/v1/chat/completions'],
		['http://192.168.1.5:8080/v10', 'http://192.168.1.5:8080/v10/chat/completions'],
		['https://h/v1x', 'https://h/v1x/v1/chat/completions'],
	] as const) {
		it(`under ${entered.trim()}`, () => assert.equal(operationUrl(entered, 'chat/completions').href, expected));
	}

	it('of another operation', () => {
		assert.equal(operationUrl('https://h/v1/chat/completions', 'models').href, 'https://h/v1/models');
	});

	for (const wrong of ['', 'ftp://h', 'file:///etc/passwd', 'https://', 'https://exa mple', 'javascript:alert(1)']) {
		it(`is refused for "${wrong}"`, () => {
			assert.throws(
				() => operationUrl(wrong, 'models'),
				(error) => error instanceof Failure && error.kind === 'bad-request' && error.code === 'ERR_INVALID_URL',
			);
		});
	}
});

describe('this machine', () => {
	for (const [hostname, expected] of [
		['localhost', true],
		['api.localhost', true],
		['127.0.0.1', true],
		['127.8.9.10', true],
		['[::1]', true],
		['localhost.example', false],
		['127.0.0.1.example', false],
		['notlocalhost', false],
		['128.0.0.1', false],
		['[::2]', false],
		['0.0.0.0', false],
	] as const) {
		it(`${expected ? 'is' : 'is not'} ${hostname}`, () => assert.equal(isLoopback(hostname), expected));
	}
});
