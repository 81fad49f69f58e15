import { lookup, Resolver } from 'node:dns/promises';

/** Every address of a name; throws when there is none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Milliseconds for one question to a name server, and how often it is asked. */
const patience = { timeout: 2_000, tries: 2 };

/** As public names are known to name servers; entries of this machine (`/etc/hosts`) don't count, and no thread waits. */
export const publicNames: Resolve = async (host) => {
  const resolver = new Resolver(patience);
  const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = [ipv4, ipv6].flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  if (addresses.length === 0) throw (ipv4 as PromiseRejectedResult).reason;
  return addresses;
};

/** As this machine knows names. */
export const localNames: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);
