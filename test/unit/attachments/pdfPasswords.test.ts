import assert from 'node:assert/strict';
import { AttachmentFailure } from '../../../src/attachments/attachmentFailure.ts';
import { PdfPasswords } from '../../../src/attachments/pdf/pdfPasswords.ts';

const never = new AbortController().signal;

describe('PdfPasswords', () => {
	/** A person who gives these one after the other, then none; and what they were asked. */
	function person(...passwords: readonly string[]) {
		const asked: string[] = [];
		const given = passwords.values();
		const store = new PdfPasswords((name, wrong) => {
			asked.push(`${name}${wrong ? ' again' : ''}`);
			return Promise.resolve(given.next().value);
		});
		return { asked, store };
	}

	function lockedWith(secret: string) {
		return ({ password }: { readonly password?: string }): Promise<string> =>
			password === secret
				? Promise.resolve('opened')
				: Promise.reject(new AttachmentFailure(password === undefined ? 'locked' : 'wrong-password'));
	}

	it('asks for nothing when a file is open to all, or cannot be read at all', async () => {
		const { asked, store } = person('a');
		assert.equal(await store.open('x.pdf', () => Promise.resolve('opened'), never), 'opened');
		const damaged = new AttachmentFailure('damaged');
		await assert.rejects(
			store.open('x.pdf', () => Promise.reject(damaged), never),
			damaged,
		);
		assert.deepEqual(asked, []);
	});

	it('asks up to three times', async () => {
		const { asked, store } = person('a', 'b', 'secret');
		assert.equal(await store.open('x.pdf', lockedWith('secret'), never), 'opened');
		assert.deepEqual(asked, ['x.pdf', 'x.pdf again', 'x.pdf again']);
		const stubborn = person('a', 'b', 'c', 'secret');
		await assert.rejects(stubborn.store.open('x.pdf', lockedWith('secret'), never), { kind: 'wrong-password' });
		assert.equal(stubborn.asked.length, 3);
	});

	it('leaves the file locked when none is given', async () => {
		await assert.rejects(person().store.open('x.pdf', lockedWith('secret'), never), { kind: 'locked' });
		await assert.rejects(person('a').store.open('x.pdf', lockedWith('secret'), never), { kind: 'locked' });
	});

	it('knows a password again, and no wrong one', async () => {
		const { asked, store } = person('a', 'secret', 'other');
		await store.open('x.pdf', lockedWith('secret'), never);
		await store.open('y.pdf', lockedWith('secret'), never);
		assert.deepEqual(asked, ['x.pdf', 'x.pdf again']);
		await store.open('z.pdf', lockedWith('other'), never);
		assert.deepEqual(asked, ['x.pdf', 'x.pdf again', 'z.pdf']);
	});

	it('asks one question at a time, and not for what was answered meanwhile', async () => {
		const asked: string[] = [];
		let open = 0;
		const store = new PdfPasswords(async (name) => {
			asked.push(name);
			assert.equal(++open, 1);
			await new Promise((resolve) => setImmediate(resolve));
			open--;
			return name === 'none.pdf' ? undefined : 'secret';
		});
		const [first, none, again] = await Promise.allSettled(
			['a.pdf', 'none.pdf', 'b.pdf'].map((name) =>
				store.open(name, lockedWith(name === 'none.pdf' ? 'other' : 'secret'), never),
			),
		);
		assert.deepEqual([first?.status, none?.status, again?.status], ['fulfilled', 'rejected', 'fulfilled']);
		assert.deepEqual(asked, ['a.pdf', 'none.pdf']);
	});

	it('asks no more once it is stopped', async () => {
		const stop = new AbortController();
		const asked: string[] = [];
		const store = new PdfPasswords((name) => {
			asked.push(name);
			stop.abort();
			return Promise.resolve('wrong');
		});
		await assert.rejects(store.open('a.pdf', lockedWith('secret'), stop.signal), { name: 'AbortError' });
		assert.deepEqual(asked, ['a.pdf']);
	});
});
