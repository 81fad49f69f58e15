import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isLoopback } from '../gateway/host-check.ts';

/**
 * The names of the issuer: the addresses by which it is reached. A client has to find the very name that it asked in
 * what it is told and given, so each of them is one; the key, which is this data folder's alone, is what makes a token
 * ours. So a token stays good when the port changes.
 */
export interface IssuerNames {
  /** The name for those that did not ask by one. */
  main(): string;
  /** The name by which a request asks. */
  nameFor(message: IncomingMessage): string;
  /** Whether `iss` of a token may be one of them. */
  isOurs(name: string): boolean;
}

/** `url`: where the server listens, asked late. `publicUrl`: where others reach it, behind a proxy for instance. */
export function issuerNames(url: () => string, publicUrl?: string): IssuerNames {
  const main = (): string => publicUrl ?? url();
  return {
    main,
    nameFor(message) {
      const { protocol, port } = new URL(url());
      const asked = URL.parse(`${protocol}//${message.headers.host}`);
      const isDirect = asked !== null && asked.port === port;
      return isDirect && isReached(asked.hostname, message.socket.localAddress) ? asked.origin : main();
    },
    isOurs(name) {
      const parsed = URL.parse(name);
      if (parsed === null || parsed.origin !== name) return false;
      const ours = [url(), ...(publicUrl === undefined ? [] : [publicUrl])];
      return isHere(parsed.hostname) || ours.some((one) => URL.parse(one)?.hostname === parsed.hostname);
    },
  };
}

/** Names of loopback that clients use. Each name that is asked by has a server of its own, and 127.0.0.0/8 has millions. */
const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** Whether a host is one of the few by which a request can have come: of loopback, or an address of this machine. */
function isReached(hostname: string, local: string | undefined): boolean {
  const address = bare(hostname);
  return (
    loopbackNames.includes(address) || (isIP(address) !== 0 && address === local) || isOfMachine(address)
  );
}

/** Whether a host is this machine whoever asks: loopback, or one of its addresses, and never a name that could lead elsewhere. */
function isHere(hostname: string): boolean {
  const address = bare(hostname);
  return isLoopback(address) || isOfMachine(address);
}

function isOfMachine(address: string): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === address));
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
