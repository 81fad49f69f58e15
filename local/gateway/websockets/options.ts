import type { IncomingMessage } from 'node:http';
import type { WebSocketHandler } from '../../../functions/websocket/event.ts';
import type { Logger } from '../../../shared/logging/logger.ts';
import type { ConnectionSender } from '../../../shared/ports/connections.ts';
import { liveLimits } from '../../../shared/protocol/live.ts';

/** The functions behind a WebSocket API: called in this process, or invoked elsewhere. */
export interface LiveFunctions {
  readonly connect: WebSocketHandler;
  readonly message: WebSocketHandler;
  readonly disconnect: WebSocketHandler;
}

export interface WebSocketOptions {
  /** Asked once, when the first connection comes. */
  readonly functions: () => Promise<LiveFunctions>;
  /** What holds for every request, wherever it wants to go; throws what it is refused with. */
  readonly admit?: (message: IncomingMessage) => void;
  /** Origins of pages that may connect, besides the server's own address. */
  readonly origins?: readonly string[];
  readonly log: Logger;
  readonly requestId: () => string;
  readonly connectionId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  readonly limits?: Partial<SocketLimits>;
}

/** Times in milliseconds. */
export interface SocketLimits {
  readonly idleMs: number;
  readonly lifetimeMs: number;
  /** How often connections are looked after, and asked whether they live. */
  readonly tendMs: number;
  /** Bytes that may wait for one reader. */
  readonly waitingBytes: number;
}

export const defaultLimits: SocketLimits = {
  idleMs: liveLimits.idleSeconds * 1_000,
  lifetimeMs: liveLimits.lifetimeSeconds * 1_000,
  tendMs: 30_000,
  waitingBytes: 4 * 1024 * 1024,
};

/** The open connections of a server. */
export interface LiveSockets extends ConnectionSender {
  readonly count: number;
  /** Closes one; whether there was one. */
  disconnect(connection: string): boolean;
  /** Takes no more, and closes all: clients come again elsewhere. */
  close(): void;
}
