import assert from 'node:assert/strict';
import { addressOf } from '../../../src/attachments/web/address.ts';
import { addressParts, takesAddress } from '../../../src/models/parts/addressParts.ts';

const address = (path: string) => addressOf(new URL(`https://pictures.example/${path}`));

describe('takesAddress', () => {
	const chat = (baseUrl: string) => ({ protocol: 'chat-completions', baseUrl }) as const;
	const gemini = (baseUrl: string) => ({ protocol: 'gemini', baseUrl }) as const;
	const google = gemini('https://generativelanguage.googleapis.com');
	const openai = chat('https://api.openai.com/v1');
	const images = ['a.png', 'a.jpg', 'a.webp'];

	for (const [endpoint, model, taken, refused] of [
		[openai, 'gpt-4o', [...images, 'a.gif', 'a'], ['a.pdf', 'a.svg', 'a.heic', 'a.tiff']],
		[chat('https://openrouter.ai/api/v1'), 'any/model', [...images, 'a.pdf'], ['a.svg']],
		[chat('https://notopenrouter.ai/api/v1'), 'any/model', images, ['a.pdf']],
		[google, 'gemini-2.5-flash', [...images, 'a.heic', 'a.pdf'], ['a.gif', 'a.svg', 'a']],
		[google, 'models/gemini-3-pro-preview', ['a.png', 'a.pdf'], ['a']],
		[google, 'gemini-flash-latest', ['a.png', 'a.pdf'], []],
		[google, 'gemini-2.0-flash', [], [...images, 'a.pdf']],
		[google, 'gemma-3-27b-it', [], [...images, 'a.pdf']],
		[chat('http://127.0.0.1:11434/v1'), 'gemma3', [], [...images, 'a.pdf']],
		[gemini('http://192.168.1.2:8080'), 'gemini-2.5-flash', [], [...images, 'a.pdf']],
	] as const) {
		it(`is known of ${model} at ${endpoint.baseUrl}`, () => {
			const reader = { endpoint, model, sees: 'unknown' } as const;
			const takes = (path: string): boolean => takesAddress(reader, address(path));
			assert.deepEqual(taken.filter(takes), taken);
			assert.deepEqual(refused.filter(takes), []);
		});
	}

	it('is no for images where the model sees none', () => {
		const endpoint = chat('https://openrouter.ai/api/v1');
		const takes = (path: string): boolean => takesAddress({ endpoint, model: 'm', sees: 'no' }, address(path));
		assert.deepEqual(['a.png', 'a', 'a.pdf'].map(takes), [false, false, true]);
	});
});

describe('addressParts', () => {
	it('are labelled as those that are sent, and hold the address as it is', () => {
		const picture = { ...address('a%20b.png?c=%26'), number: 2 };
		const paper = { ...address('a.pdf'), number: 4 };
		assert.deepEqual(addressParts([picture, paper]), [
			{ kind: 'text', text: 'File 2: image "a b.png"' },
			{ kind: 'image', mediaType: 'image/png', content: picture.url },
			{ kind: 'text', text: 'File 4: PDF "a.pdf"' },
			{ kind: 'pdf', name: 'a.pdf', content: paper.url },
		]);
	});
});
