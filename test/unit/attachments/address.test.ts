import assert from 'node:assert/strict';
import { addressOf } from '../../../src/attachments/web/address.ts';
import { isOnWeb, nameOfAddress } from '../../../src/attachments/web/onWeb.ts';
import { readAddress } from '../../../src/attachments/web/readAddress.ts';

describe('readAddress', () => {
	for (const [text, read] of [
		['https://example.org/a.png', 'https://example.org/a.png'],
		[' https://EXAMPLE.org/a b.png?x=%26&y#z\n', 'https://example.org/a%20b.png?x=%26&y#z'],
		['https://example.org', 'https://example.org/'],
		['https://1.1.1.1/a.png', 'https://1.1.1.1/a.png'],
		['', 'no-address'],
		['example.org/a.png', 'no-address'],
		['https://', 'no-address'],
		['a.png', 'no-address'],
		['http://example.org/a.png', 'not-https'],
		['file:///home/me/a.png', 'not-https'],
		['data:image/png;base64,aGk=', 'not-https'],
		['C:\\pictures\\a.png', 'not-https'],
		['https://me@example.org/a.png', 'has-password'],
		['https://:secret@example.org/a.png', 'has-password'],
		['https://localhost/a.png', 'not-public'],
		['https://10.0.0.1/a.png', 'not-public'],
		['https://2130706433/a.png', 'not-public'],
		['https://[::1]/a.png', 'not-public'],
		['https://printer/a.png', 'not-public'],
	] as const) {
		it(`makes ${read} of ${JSON.stringify(text)}`, () => {
			const found = readAddress(text);
			assert.equal(found instanceof URL ? found.href : found, read);
		});
	}
});

describe('the name of an address', () => {
	for (const [address, name] of [
		['https://example.org/a/b.png?c=d.jpg#e', 'b.png'],
		['https://example.org/a/b/', 'b'],
		['https://example.org/', 'example.org'],
		['https://example.org:8443', 'example.org:8443'],
		['https://example.org/old%20harbour%2Fb.png', 'old harbour/b.png'],
		['https://example.org/h%C3%A4fen.png', 'h\u00e4fen.png'],
		['https://example.org/100%.png', '100%.png'],
		// A line that is turned around could read as another name.
		['https://example.org/a%E2%80%AEgnp.exe', 'a%E2%80%AEgnp.exe'],
		['https://example.org/a%0Ab.png', 'a%0Ab.png'],
	] as const) {
		it(`is ${name} of ${address}`, () => assert.equal(nameOfAddress(new URL(address)), name));
	}
});

describe('addressOf', () => {
	for (const [address, mediaType] of [
		['https://example.org/a.PNG?b.pdf', 'image/png'],
		['https://example.org/a.jpeg', 'image/jpeg'],
		['https://example.org/a.pdf#page=2', 'application/pdf'],
		['https://example.org/a.html', undefined],
		['https://example.org/a', undefined],
		['https://example.png', undefined],
	] as const) {
		it(`takes ${address} for ${mediaType ?? 'anything'}`, () =>
			assert.equal(addressOf(new URL(address)).mediaType, mediaType));
	}
});

describe('isOnWeb', () => {
	it('knows the schemes of the web', () => {
		for (const [uri, expected] of [
			['https://example.org/', true],
			['HTTP://example.org/', true],
			['file:///a.png', false],
			['https-files:/a.png', false],
			['vscode-vfs://github/https:/a.png', false],
		] as const) {
			assert.equal(isOnWeb(uri), expected, uri);
		}
	});
});
