import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { problemResult, publicError } from '../../../functions/middleware/problem.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { liveLimits, livePath } from '../../../shared/protocol/live.ts';
import { closeCodes, LiveSocket } from './live-socket.ts';
import {
  defaultLimits,
  type LiveFunctions,
  type LiveSockets,
  type SocketLimits,
  type WebSocketOptions,
} from './options.ts';
import { assertOrigin } from './origin-check.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import {
  connectEvent,
  disconnectEvent,
  identityOf,
  messageEvent,
  type SocketIdentity,
} from './socket-event.ts';

/** How long clients have to answer when the server stops, in milliseconds. */
const stopMs = 1_000;

/** A handshake that the function behind it has agreed to. */
interface Handshake {
  readonly message: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly identity: SocketIdentity;
  /** The subprotocol, if there is one. */
  readonly chosen: string | undefined;
}

/** Handshakes, and the connections that came of them. */
export class Sockets implements LiveSockets {
  readonly #options: WebSocketOptions;
  readonly #limits: SocketLimits;
  readonly #open = new Map<string, LiveSocket>();
  #parts: Promise<{ server: WebSocketServer; functions: LiveFunctions }> | undefined;
  #tending: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  get count(): number {
    return this.#open.size;
  }

  async send(connection: string, frame: string): Promise<'sent' | 'gone'> {
    return this.#open.get(connection)?.send(frame) ? 'sent' : 'gone';
  }

  disconnect(connection: string): boolean {
    const socket = this.#open.get(connection);
    socket?.close(closeCodes.goingAway, 'Closed by the server');
    return socket !== undefined;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#tending);
    for (const socket of this.#open.values()) socket.close(closeCodes.goingAway, 'The server stops', stopMs);
  }

  /** One handshake; never throws. */
  async upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const requestId = this.#options.requestId();
    socket.on('error', () => socket.destroy());
    try {
      this.#admit(message);
      const { functions, server } = await this.#load();
      const { now, connectionId } = this.#options;
      const identity = identityOf(message, { connectionId: connectionId(), connectedAt: now() });
      const result = await functions.connect(connectEvent(message, identity, { requestId, at: now() }));
      if (result.statusCode >= 300) return refuseUpgrade(socket, result);
      const chosen = Object.entries(result.headers ?? {}).find(
        ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
      )?.[1];
      this.#shakeHands(server, functions, { message, socket, head, identity, chosen });
    } catch (cause) {
      const error = publicError(cause);
      this.#options.log[error.status >= 500 ? 'error' : 'info']('A WebSocket was refused', {
        requestId,
        error,
      });
      const { statusCode, headers, body } = problemResult(error, { requestId, path: livePath });
      refuseUpgrade(socket, { statusCode, headers: headers as Record<string, string>, body });
    }
  }

  #admit(message: IncomingMessage): void {
    this.#options.admit?.(message);
    if (this.#closed) throw new TandemError('server.stopping');
    if (message.url?.split('?', 1)[0] !== livePath) throw new TandemError('route.not-found');
    assertOrigin(message, this.#options.origins);
  }

  /** Most servers never see a WebSocket: what serves them is loaded for the first. */
  #load() {
    this.#parts ??= (async () => {
      const [{ WebSocketServer }, functions] = await Promise.all([import('ws'), this.#options.functions()]);
      const server = new WebSocketServer({
        noServer: true,
        clientTracking: false,
        maxPayload: liveLimits.messageBytes,
        handleProtocols: (_, request) => chosenFor.get(request) ?? false,
      });
      this.#tending = setInterval(() => this.#tend(), this.#limits.tendMs);
      this.#tending.unref();
      return { server, functions };
    })();
    this.#parts.catch(() => {
      this.#parts = undefined;
    });
    return this.#parts;
  }

  #shakeHands(server: WebSocketServer, functions: LiveFunctions, handshake: Handshake): void {
    const { message, socket, head, identity, chosen } = handshake;
    const { requestId, now, elapsed } = this.#options;
    if (socket.destroyed || this.#closed) {
      socket.destroy();
      this.#forget(functions, identity);
      return;
    }
    socket.once('close', () => this.#forget(functions, identity));
    if (chosen !== undefined) chosenFor.set(message, chosen);
    server.handleUpgrade(message, socket, head, (webSocket) => {
      const answer = (text: string): Promise<void> =>
        this.#noted('A live message was not taken', () =>
          functions.message(messageEvent(text, identity, { requestId: requestId(), at: now() })),
        );
      const { waitingBytes } = this.#limits;
      this.#open.set(identity.connectionId, new LiveSocket(webSocket, { elapsed, waitingBytes, answer }));
    });
  }

  #forget(functions: LiveFunctions, identity: SocketIdentity): void {
    const { requestId, now } = this.#options;
    this.#open.delete(identity.connectionId);
    void this.#noted('A live connection was not forgotten', () =>
      functions.disconnect(disconnectEvent(identity, { requestId: requestId(), at: now() })),
    );
  }

  /** Nobody is there to be told of a failure. */
  async #noted(failure: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.error(failure, { error });
    }
  }

  #tend(): void {
    for (const socket of this.#open.values()) socket.tend(this.#limits);
  }
}

/** The subprotocol that `$connect` has chosen, by its handshake. */
const chosenFor = new WeakMap<IncomingMessage, string>();
