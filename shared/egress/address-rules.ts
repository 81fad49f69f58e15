import { isIP } from 'node:net';
import { TandemError } from '../errors/tandem-error.ts';

/** Which addresses may be reached. */
export interface AddressRules {
  /** For development: http, and addresses of this machine and its networks. */
  readonly private: boolean;
  /** Whether an address that a name leads to may be reached. */
  allows(address: string): boolean;
}

/** Names that are never public. */
const privateNames = /(^|\.)(localhost|local|internal|intranet|home\.arpa|lan)\.?$/;

/**
 * An address as it is used, if what can be told without the network speaks for it; throws `webhook.address`. Hosts are
 * normalised by the parser, so that `2130706433`, `0x7f.1` and `0177.0.0.1` are what they mean: 127.0.0.1.
 */
export function checkedUrl(text: string, rules: AddressRules): URL {
  const url = URL.parse(text);
  if (!url) throw refused('The address of a webhook is a URL such as https://example.com/hook');
  const { protocol, username, password, hash } = url;
  if (protocol !== 'https:' && !(protocol === 'http:' && rules.private)) {
    throw refused('The address of a webhook begins with https://');
  }
  if (username !== '' || password !== '') throw refused('The address of a webhook holds no name or password');
  if (hash !== '') throw refused('The address of a webhook has no fragment');
  if (!rules.private) assertPublicHost(hostOf(url), rules);
  return url;
}

/** The name or address in a URL; one of IPv6 without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function assertPublicHost(host: string, rules: AddressRules): void {
  const isAllowed = isIP(host) === 0 ? !privateNames.test(host) && host.includes('.') : rules.allows(host);
  if (!isAllowed) throw refused(notPublic(host));
}

/** Says nothing of the address behind a name. */
export const notPublic = (host: string): string => `${host} is not an address of the public internet`;

function refused(message: string): TandemError {
  return new TandemError('webhook.address', { message });
}
