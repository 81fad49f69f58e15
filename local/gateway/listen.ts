import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** How many ports are tried, one after the other, when none was asked for. */
const tries = 50;

/** Port that is tried first when none is asked for. */
export const defaultPort = 4_400;

/**
 * Listens and tells the port: the one asked for (0: any), or the first free one from {@link defaultPort} on. Throws
 * `port.taken` when the one asked for, or all that were tried, are in use.
 */
export async function listen(server: Server, host: string, port?: number): Promise<number> {
  const last = port ?? defaultPort + tries - 1;
  for (let candidate = port ?? defaultPort; candidate <= last; candidate++) {
    try {
      await bind(server, host, candidate);
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw unbindable(host, candidate, error);
    }
  }
  throw new TandemError('port.taken', {
    message: port === undefined ? `The ports ${defaultPort} to ${last} are taken` : `Port ${port} is taken`,
    details: { host, port: last },
  });
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 1_024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function unbindable(host: string, port: number, cause: unknown): TandemError {
  return new TandemError('environment.unsupported', {
    message: `The server cannot listen on ${host}, port ${port}`,
    details: { host, port },
    cause,
  });
}
