import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet (IANA's special-purpose registries). */
const special: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
	['0.0.0.0', 8, 'ipv4'],
	['10.0.0.0', 8, 'ipv4'],
	['100.64.0.0', 10, 'ipv4'],
	['127.0.0.0', 8, 'ipv4'],
	['169.254.0.0', 16, 'ipv4'],
	['172.16.0.0', 12, 'ipv4'],
	['192.0.0.0', 24, 'ipv4'],
	['192.0.2.0', 24, 'ipv4'],
	['192.88.99.0', 24, 'ipv4'],
	['192.168.0.0', 16, 'ipv4'],
	['198.18.0.0', 15, 'ipv4'],
	['198.51.100.0', 24, 'ipv4'],
	['203.0.113.0', 24, 'ipv4'],
	['224.0.0.0', 3, 'ipv4'],
	// All of IPv6 that is not handed out for public use lies outside of 2000::/3; within it these do not lead there.
	['::', 3, 'ipv6'],
	['4000::', 2, 'ipv6'],
	['8000::', 1, 'ipv6'],
	['2001::', 23, 'ipv6'],
	['2001:db8::', 32, 'ipv6'],
	['2002::', 16, 'ipv6'],
	['3fff::', 20, 'ipv6'],
];

// A list for each: one of both takes IPv4 addresses for the IPv6 ones that they can be written as.
const notPublic = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix, family] of special) {
	notPublic[family].addSubnet(network, prefix, family);
}

/** Networks that only reach IPv6 write IPv4 addresses so (RFC 6052); what they stand for counts. */
const translated = /^64:ff9b::(?:(?<dotted>\d+(?:\.\d+){3})|(?<high>[\da-f]{1,4}):(?<low>[\da-f]{1,4}))$/i;

/** Whether an address is on the public internet: not this machine, its network, or a range kept for other things. */
export function isPublicAddress(address: string): boolean {
	const groups = translated.exec(address)?.groups;
	if (groups) {
		const { dotted, high = '0', low = '0' } = groups;
		const bytes = [high, low].flatMap((half) => [Number.parseInt(half, 16) >> 8, Number.parseInt(half, 16) & 255]);
		return isPublicAddress(dotted ?? bytes.join('.'));
	}
	switch (isIP(address)) {
		case 4:
			return !notPublic.ipv4.check(address, 'ipv4');
		case 6:
			return !notPublic.ipv6.check(address, 'ipv6');
		default:
			return false;
	}
}

/** Names that no public name server knows. */
const ownNames =
	/(?:^|\.)(?:localhost|localdomain|local|lan|internal|intranet|corp|home|home\.arpa|private)\.?$|^[^.]+\.?$/i;

/** Whether a host, as `URL` spells it, can be on the public internet: by its address, or by a name that may lead there. */
export function isPublicHost(hostname: string): boolean {
	const address = hostname.replace(/^\[(.*)\]$/, '$1');
	return isIP(address) === 0 ? !ownNames.test(hostname) : isPublicAddress(address);
}
