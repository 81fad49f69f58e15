import ipaddr from 'ipaddr.js';

/**
 * What a network address is counted under: an IPv6 address by its first 64 bits, since whoever has one of them has them
 * all; an IPv4 address as it is, also where it comes mapped into IPv6. What is no address stays what it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = parsed.toByteArray().map((byte, index) => (index < 8 ? byte : 0));
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}
