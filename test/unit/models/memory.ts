import type { Memento, SecretStorage } from 'vscode';

/** A store of VS Code's that is kept in memory, as JSON, which is what the real one keeps. */
export function mementoIn(values: Map<string, string>): Memento {
	return {
		keys: () => [...values.keys()],
		get: <T>(key: string, otherwise?: T): T | undefined => {
			const text = values.get(key);
			return text === undefined ? otherwise : (JSON.parse(text) as T);
		},
		update: (key, value) => Promise.resolve(void values.set(key, JSON.stringify(value))),
	};
}

export function secretsIn(values: Map<string, string>): SecretStorage {
	return {
		get: (key) => Promise.resolve(values.get(key)),
		store: (key, value) => Promise.resolve(void values.set(key, value)),
		delete: (key) => Promise.resolve(void values.delete(key)),
		keys: () => Promise.resolve([...values.keys()]),
		onDidChange: () => {
			throw new Error('Nothing here listens.');
		},
	};
}
