import assert from 'node:assert/strict';
import { isImageType, sniff } from '../../../src/attachments/sniff.ts';
import { ascii, fixture } from './fixtures.ts';

describe('sniff', () => {
	const files = {
		'flag.png': 'image/png',
		'flag-16-bit.png': 'image/png',
		'flag.jpg': 'image/jpeg',
		'flag-progressive.jpg': 'image/jpeg',
		'flag-metadata.jpg': 'image/jpeg',
		'flag-cmyk.jpg': 'image/jpeg',
		'flag.gif': 'image/gif',
		'flag.webp': 'image/webp',
		'flag-animated.webp': 'image/webp',
		'flag.avif': 'image/avif',
		'flag.tif': 'image/tiff',
		'flag.heic': 'image/heic',
		'flag.bmp': 'image/bmp',
		'pages.pdf': 'application/pdf',
		'make.sh': 'text/plain',
	};
	for (const [name, type] of Object.entries(files)) {
		it(`takes ${name} for ${type}`, async () => {
			assert.equal(sniff(await fixture(name)), type);
		});
	}

	it('finds a PDF behind up to 1 KB of junk', () => {
		assert.equal(sniff(ascii(`HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n`)), 'application/pdf');
		assert.equal(sniff(ascii(`${' '.repeat(1000)}%PDF-1.4\n`)), 'application/pdf');
		assert.equal(sniff(ascii(`${' '.repeat(1024)}%PDF-1.4\n`)), 'text/plain');
	});

	it('takes a text that speaks of PDF for text', () => {
		assert.equal(sniff(ascii('A PDF starts with %PDF- and a version.')), 'text/plain');
	});

	it('knows big-endian, little-endian and big TIFF', () => {
		for (const head of ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']) {
			assert.equal(sniff(ascii(`${head}\0\0\0\0`)), 'image/tiff');
		}
	});

	it('tells AVIF from HEIC by all brands, not the first', () => {
		assert.equal(sniff(ascii('\0\0\0\x1cftypmif1\0\0\0\0mif1avif')), 'image/avif');
		assert.equal(sniff(ascii('\0\0\0\x1cftypmif1\0\0\0\0mif1heic')), 'image/heic');
		assert.equal(sniff(ascii('\0\0\0\x1cftypisom\0\0\0\0isommp41')), undefined);
	});

	it('knows icons', () => {
		assert.equal(sniff(Uint8Array.of(0, 0, 1, 0, 2, 0, 16, 16)), 'image/x-icon');
	});

	it('knows SVG behind prolog, comment and doctype', () => {
		for (const head of [
			'',
			'<?xml version="1.0"?>\n',
			'<!-- <html> -->',
			'<!DOCTYPE svg PUBLIC "x" "y" [<!ENTITY a "b">]>\n',
		]) {
			assert.equal(sniff(ascii(`\uFEFF${head}<svg xmlns="http://www.w3.org/2000/svg">`)), 'image/svg+xml');
		}
	});

	it('knows HTML', () => {
		assert.equal(sniff(ascii('\n<!DOCTYPE html>\n<title>Sign in</title>')), 'text/html');
		assert.equal(sniff(ascii('<!-- saved --><html lang="en">')), 'text/html');
	});

	it('knows text in UTF-8 and UTF-16, cut anywhere', () => {
		assert.equal(sniff(ascii('ä'.repeat(3000)).subarray(0, 4095)), 'text/plain');
		assert.equal(sniff(Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42, 0)), 'text/plain');
		assert.equal(sniff(Uint8Array.of(0xfe, 0xff, 0, 0x41, 0, 0x42)), 'text/plain');
	});

	it('knows nothing of other bytes', () => {
		assert.equal(sniff(Uint8Array.of()), undefined);
		assert.equal(sniff(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0)), undefined);
		assert.equal(sniff(Uint8Array.of(0xff, 0xd8)), undefined);
	});

	it('says which types are taken as images', () => {
		assert.ok(isImageType('image/avif'));
		assert.ok(isImageType('image/heic'));
		assert.ok(isImageType('image/svg+xml'));
		assert.ok(!isImageType('text/html'));
		assert.ok(!isImageType('application/pdf'));
		assert.ok(!isImageType(undefined));
	});
});
