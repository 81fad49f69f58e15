import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Served } from '../../functions/http/handlers.ts';
import type { Route } from '../../functions/http/route.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { Logger } from '../../shared/logging/logger.ts';
import type { Metrics } from '../../shared/ports/metrics.ts';
import { FrontDoor } from './front-door.ts';
import { listen } from './listen.ts';
import type { GatewayTimeouts } from './timeouts.ts';
import type { LiveSockets, WebSocketOptions } from './websockets/options.ts';

/** Answers requests for which bytes, not JSON, travel: signed addresses of blobs. */
export interface RawRoute {
  readonly method: Route['method'];
  /** As `/v1/blobs/{tenant}/{digest}`; a last `{name+}` takes the rest of the path. */
  readonly path: string;
  /** Answers by itself, or throws a `TandemError` before it has begun to. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface GatewayOptions {
  readonly handlers: readonly Served[];
  /** JSON documents that anybody may read, by path. */
  readonly documents?: Readonly<Record<string, JsonObject>>;
  readonly raw?: readonly RawRoute[];
  /** Address to listen on; default `127.0.0.1`. On loopback, other host names are refused. */
  readonly host?: string;
  /** Names by which it is reached, besides those of loopback: all others are refused, whatever it listens on. */
  readonly names?: readonly string[];
  /** Default: the first free port from 4,400 on. */
  readonly port?: number;
  /** Serves HTTPS with these, both PEM. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  readonly log: Logger;
  /** Counts what is answered. */
  readonly metrics?: Pick<Metrics, 'answered'>;
  readonly requestId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  readonly timeouts?: Partial<GatewayTimeouts>;
  /** What stands behind the WebSocket; absent: there is none. */
  readonly live?: Pick<WebSocketOptions, 'functions' | 'connectionId' | 'origins' | 'limits'>;
}

export interface Gateway {
  /** Shows another certificate from the next connection on. */
  renew(tls: NonNullable<GatewayOptions['tls']>): void;
  readonly port: number;
  /** Such as `http://127.0.0.1:4400`. */
  readonly url: string;
  /**
   * Takes no more requests, answers those that wait for news at once, lets the others finish, and cuts off what is
   * not done within 4 s.
   */
  close(): Promise<void>;
  /** Requests that wait for news now. */
  waiting(): number;
  /** Who is connected; absent without a WebSocket. */
  readonly live: LiveSockets | undefined;
}

/** Opens the front door: HTTP in, the handlers of the REST API behind it, JSON both ways between the two. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const door = new FrontDoor(options);
  const host = options.host ?? '127.0.0.1';
  const port = await listen(door.server, host, options.port);
  return {
    port,
    url: `${options.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    renew: (tls) => door.renew(tls),
    close: () => door.close(),
    waiting: () => door.waiting,
    live: door.live,
  };
}
