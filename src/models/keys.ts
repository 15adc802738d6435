import type { SecretStorage } from 'vscode';
import { mayCarryKey, originOf } from './settings/endpoints.ts';
import type { NamedEndpoint } from './settings/presets.ts';

const prefix = 'key:';

/** API keys by the origin they are for, so that a redirected endpoint has no key to send. */
export class Keys {
	readonly #secrets: SecretStorage;
	readonly #environment: Readonly<Record<string, string | undefined>>;

	constructor(secrets: SecretStorage, environment: Readonly<Record<string, string | undefined>>) {
		this.#secrets = secrets;
		this.#environment = environment;
	}

	/** The stored key, else the environment's, else undefined. */
	async keyFor(endpoint: NamedEndpoint): Promise<string | undefined> {
		if (!mayCarryKey(endpoint)) {
			return undefined;
		}
		return (await this.#secrets.get(prefix + originOf(endpoint))) ?? this.#fromEnvironment(endpoint);
	}

	async store(endpoint: NamedEndpoint, key: string): Promise<void> {
		await this.#secrets.store(prefix + originOf(endpoint), key);
	}

	async remove(origin: string): Promise<void> {
		await this.#secrets.delete(prefix + origin);
	}

	/** Origins with a stored key. */
	async origins(): Promise<readonly string[]> {
		return (await this.#secrets.keys()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
	}

	#fromEnvironment(endpoint: NamedEndpoint): string | undefined {
		const value = endpoint.keyVariable === undefined ? undefined : this.#environment[endpoint.keyVariable];
		return value === undefined ? undefined : cleanKey(value) || undefined;
	}
}

/** A key as people paste it: white space, quotes and a leading `Bearer ` removed. */
export function cleanKey(pasted: string): string {
	return pasted
		.trim()
		.replace(/^["'`]+|["'`]+$/g, '')
		.trim()
		.replace(/^(authorization:\s*)?bearer(\s+|$)/i, '')
		.replace(/^["'`]+|["'`]+$/g, '')
		.trim();
}
