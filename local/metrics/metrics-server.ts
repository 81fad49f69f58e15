import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../../shared/logging/logger.ts';
import type { Exposition } from '../../shared/prometheus/exposition.ts';
import { assertHost } from '../gateway/host-check.ts';

/** Port that is tried first when none is asked for, and how many more. */
const [firstPort, tries] = [4_450, 50];

export interface MetricsServerOptions {
  /** The port asked for, 0 for any; default: the first free one from 4450 on. */
  readonly port?: number;
  /** What is shown; loaded when it is asked for first. */
  readonly exposition: () => Promise<Exposition>;
  readonly log: Logger;
}

export interface MetricsServer {
  /** Where Prometheus reads. */
  readonly url: string;
  close(): void;
}

/**
 * `GET /metrics` on a port of its own, for this machine only: what runs here is told without a token. When it cannot
 * listen, that is a warning: nobody's run depends on being counted.
 */
export async function openMetricsServer(options: MetricsServerOptions): Promise<MetricsServer | undefined> {
  let loaded: Promise<Exposition> | undefined;
  const exposition = (): Promise<Exposition> => {
    loaded ??= options.exposition().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  const server = createServer((request, response) => {
    answer(request, response, exposition).catch((error: unknown) => {
      options.log.error('The metrics could not be told', { error });
      response.writeHead(500).end();
    });
  });
  const port = await listenSomewhere(server, options);
  if (port === undefined) return undefined;
  server.unref();
  const url = `http://127.0.0.1:${port}/metrics`;
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  { method, url = '', headers }: IncomingMessage,
  response: ServerResponse,
  exposition: () => Promise<Exposition>,
): Promise<void> {
  const status = refusal(method, url, headers.host);
  if (status !== undefined) {
    response.writeHead(status, status === 405 ? { allow: 'GET, HEAD' } : {}).end();
    return;
  }
  const { contentType, text } = await exposition();
  const body = await text();
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function refusal(method: string | undefined, url: string, host: string | undefined): number | undefined {
  try {
    assertHost(host);
  } catch {
    return 421;
  }
  if (url.split('?', 1)[0] !== '/metrics') return 404;
  return method === 'GET' || method === 'HEAD' ? undefined : 405;
}

async function listenSomewhere(
  server: Server,
  { port, log }: MetricsServerOptions,
): Promise<number | undefined> {
  const last = port ?? firstPort + tries - 1;
  let reason: unknown;
  for (let candidate = port ?? firstPort; candidate <= last; candidate++) {
    try {
      return await bind(server, candidate);
    } catch (error) {
      reason = error;
    }
  }
  const { code } = reason as NodeJS.ErrnoException;
  log.warn('There is no GET /metrics: its port cannot be used', { port: last, code });
  return undefined;
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
