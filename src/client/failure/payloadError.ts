import { failureOf } from './failureOf.ts';
import { textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';

/**
 * Fails with the error that a payload tells, which may stand beside or instead of an answer (protocols.md 2.1,
 * "Mid-stream errors"; 2.2). `isAnswer` is whether the payload has what only answers have.
 */
export function failOnError(payload: JsonObject, isAnswer: boolean, key: string | undefined): void {
	const { error } = payload;
	if (
		(error !== undefined && error !== null && error !== '' && error !== false) ||
		payload['object'] === 'error' ||
		payload['type'] === 'error' ||
		(!isAnswer && isFlatError(payload))
	) {
		throw failureOf({ status: 200, body: payload, key });
	}
}

/** Events of other kinds, such as pings, say so by their type. */
function isFlatError({ type, message, msg, detail }: JsonObject): boolean {
	const isOther = typeof type === 'string' && !/error/i.test(type);
	return !isOther && (textOf(message) ?? textOf(msg) ?? detail) !== undefined;
}
