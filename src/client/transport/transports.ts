import { isLoopback } from './baseUrl.ts';
import { createLoopbackTransport } from './loopbackTransport.ts';
import { createRemoteTransport } from './remoteTransport.ts';
import type { Transport } from './transport.ts';

const loopback = createLoopbackTransport();
const remote = createRemoteTransport();

/** This machine's servers want no proxy and no time limits; for others VS Code's proxy and certificates apply. */
export function transportFor(url: URL): Transport {
	return isLoopback(url.hostname) ? loopback : remote;
}
