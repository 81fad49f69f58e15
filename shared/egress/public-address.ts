import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The only addresses of IPv6 that lead through the internet; `::1.2.3.4` and the like are outside. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Whether an address, as the resolver gives it, is one of the public internet: none that is private, of this machine, of its
 * link (where clouds keep their metadata), shared by a carrier, for many, or that wraps one of those in IPv6.
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalIpv6);
}
