import { Base64Text } from './body.ts';
import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';

/**
 * A request's body with the endpoint's own members. Objects are merged member by member, lists are put behind ours (a
 * tool joins our tools), everything else replaces what stood there. Values go out as written.
 */
export function withExtraBody(body: JsonObject, extra: JsonObject = {}): JsonObject {
	return Object.entries(extra).reduce<JsonObject>(
		(merged, [name, value]) => ({
			...merged,
			[name]: joined(Object.hasOwn(body, name) ? body[name] : undefined, value),
		}),
		body,
	);
}

function joined(ours: unknown, theirs: unknown): unknown {
	if (Array.isArray(ours) && Array.isArray(theirs)) {
		return [...(ours as unknown[]), ...(theirs as unknown[])];
	}
	return isObject(ours) && isObject(theirs) && !(ours instanceof Base64Text) ? withExtraBody(ours, theirs) : theirs;
}
