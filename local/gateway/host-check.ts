import { isIPv4 } from 'node:net';
import { TandemError } from '../../shared/errors/tandem-error.ts';

const loopback = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * A server that listens on loopback only answers to loopback names: a page of another site can point its own name at
 * 127.0.0.1, and the browser of whoever reads it would take us for that site (DNS rebinding). `names`: others by which it
 * is reached, each with its port.
 */
export function assertHost(host: string | undefined, names: readonly string[] = []): void {
  if (host !== undefined && (loopback.test(host) || names.includes(host))) return;
  throw new TandemError('request.misdirected');
}

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopback(address: string): boolean {
  // A name that begins like an address may lead anywhere.
  return address === 'localhost' || address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}
