import { TandemError } from '../errors/tandem-error.ts';
import type { Server } from './failure.ts';

/** Where the database is, and how to come in. */
export interface Address extends Server {
  /** Of an address that says it. */
  readonly password?: string;
  /** Whether the connection is encrypted and the server's certificate verified; what never leaves the machine is not. */
  readonly tls: boolean;
}

const defaultPort = 5432;
const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * Reads `postgres://user[:password]@host[:port]/database[?host=/folder][&sslmode=disable|verify-full]`; a folder is one
 * with the server's socket. Encryption is on and verified unless the address says otherwise or stays on this machine;
 * nothing in between exists. Throws `store.denied` for what is no such address; never quotes it, as it may hold a password.
 */
export function parseAddress(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '');
  const folder = url?.searchParams.get('host') ?? '';
  const host = folder || (url?.hostname ?? '');
  const mode = url?.searchParams.get('sslmode') ?? undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !host || !database || !url.username)
    throw refused('it is not of the form postgres://user@host:port/database');
  if (mode !== undefined && mode !== 'disable' && mode !== 'verify-full')
    throw refused('its sslmode is neither disable nor verify-full');
  return {
    host,
    port: url.port === '' ? defaultPort : Number(url.port),
    database,
    user: decodeURIComponent(url.username),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    tls: mode === undefined ? folder === '' && !loopback.has(host) : mode === 'verify-full',
  };
}

function refused(why: string): TandemError {
  return new TandemError('store.denied', { message: `The address of PostgreSQL cannot be used: ${why}.` });
}
