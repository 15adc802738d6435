import { Failure } from '../client/failure/failure.ts';
import { mayCarryKey } from './settings/endpoints.ts';
import type { NamedEndpoint } from './settings/presets.ts';

/** Why a request went without a key: the user set none, the endpoint takes none, or it would travel unencrypted. */
export type KeyAbsence = 'no-key-set' | 'no-key-wanted' | 'no-key-unencrypted';

/** What a request failed with; where the server wanted a key that did not go along, with the code that says why. */
export function namingKeyAbsence<E>(error: E, endpoint: NamedEndpoint, key: string | undefined): E | Failure {
	if (key !== undefined || !(error instanceof Failure) || error.kind !== 'auth') {
		return error;
	}
	const { status, serverMessage, requestId, cause } = error;
	const code: KeyAbsence = mayCarryKey(endpoint)
		? 'no-key-set'
		: endpoint.auth === 'none'
			? 'no-key-wanted'
			: 'no-key-unencrypted';
	return new Failure({ kind: 'auth', code, status, serverMessage, requestId, cause });
}
