import { type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses of clouds' metadata that are no link-local ones. */
const metadata: ReadonlySet<string> = new Set(['100.100.100.200', 'fd00:ec2::254', '192.0.0.192']);

/** Ranges of IPv6 that hold an address of IPv4. */
const wrapping: Readonly<Record<string, (parts: readonly number[]) => ipaddr.IPv4>> = {
  rfc6052: lastFour,
  ipv4Mapped: lastFour,
  '6to4': (parts) => fourFrom(parts, 2),
};

function lastFour(bytes: readonly number[]): ipaddr.IPv4 {
  return fourFrom(bytes, 12);
}

function fourFrom(bytes: readonly number[], at: number): ipaddr.IPv4 {
  return new ipaddr.IPv4(bytes.slice(at, at + 4));
}

/** Whether an address is of the link or of a cloud's metadata: where credentials of a machine are handed out. */
export function isLinkLocal(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = unwrapped(ipaddr.parse(address));
  return parsed.range() === 'linkLocal' || metadata.has(parsed.toString());
}

function unwrapped(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  const range = address.range();
  const unwrap = Object.hasOwn(wrapping, range) ? wrapping[range] : undefined;
  return unwrap === undefined || address.kind() === 'ipv4' ? address : unwrap(address.toByteArray());
}

/** The address is one that nothing is sent to. */
export class RefusedAddress extends Error {
  constructor(host: string) {
    super(`${host} is a link-local address or one of a cloud's metadata, which is not reached`);
  }
}

/** Looks names up as the system does, and stops at link-local addresses: what is connected to is what was checked. */
export const lookupReachable: LookupFunction = (host, options: LookupOptions, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    if (addresses.some(({ address }) => isLinkLocal(address))) return callback(new RefusedAddress(host), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};
