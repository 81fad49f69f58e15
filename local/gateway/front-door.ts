import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { logAccess } from '../../functions/middleware/access-log.ts';
import { problemResult, publicError } from '../../functions/middleware/problem.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { Connections } from './connections.ts';
import { drain } from './drain.ts';
import type { GatewayOptions } from './gateway.ts';
import { GatewayContext, type Waiting } from './gateway-context.ts';
import { assertHost, isLoopback } from './host-check.ts';
import { proxyEvent } from './proxy-event.ts';
import { announcesBody, eventBody, readBody } from './request-body.ts';
import { assertUnambiguous, pathAndQuery, type RequestTarget } from './request-target.ts';
import { respond } from './respond.ts';
import type { RouteTree } from './route-tree.ts';
import { type Target, targetsOf, templateOf } from './targets.ts';
import { defaultTimeouts, type GatewayTimeouts, serverOptions } from './timeouts.ts';
import { asksForWebSocket, attachWebSockets } from './websockets/attach.ts';
import type { LiveSockets } from './websockets/options.ts';

/** One request on its way. */
interface Visit {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  readonly startedAt: number;
}

/** Turns HTTP requests into proxy events, and results into responses. */
export class FrontDoor {
  readonly server: Server | TlsServer;
  readonly live: LiveSockets | undefined;
  readonly #options: GatewayOptions;
  readonly #timeouts: GatewayTimeouts;
  readonly #targets: RouteTree<Target>;
  readonly #checksHost: boolean;
  readonly #waiting: Waiting = new Set();
  readonly #connections: Connections;
  #closing = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#targets = targetsOf(options);
    this.#checksHost = options.names !== undefined || isLoopback(options.host ?? '127.0.0.1');
    const serve = (message: IncomingMessage, response: ServerResponse): void => {
      void this.#serve({ message, response, id: options.requestId(), startedAt: options.elapsed() });
    };
    const { tls } = options;
    const serving = { ...serverOptions(this.#timeouts), shouldUpgradeCallback: asksForWebSocket };
    this.server = tls
      ? createTlsServer({ ...serving, ...secured(tls) }, serve)
      : createServer(serving, serve);
    this.live =
      options.live &&
      attachWebSockets(this.server, { ...options, ...options.live, admit: (message) => this.#meet(message) });
    // Refused like any other that cannot be met; by itself, the server would answer without a word.
    this.server.on('checkExpectation', serve);
    this.#connections = new Connections(this.server);
    this.#connections.refuseFaults(this.server, (error) => {
      const id = options.requestId();
      logAccess(options.log, {
        requestId: id,
        method: '',
        route: '',
        duration: 0,
        status: error.status,
        error,
      });
      options.metrics?.answered({ method: 'any', route: 'none', status: error.status }, 0);
      return id;
    });
  }

  /** Requests that wait for news. */
  get waiting(): number {
    return this.#waiting.size;
  }

  renew(tls: NonNullable<GatewayOptions['tls']>): void {
    if ('setSecureContext' in this.server) this.server.setSecureContext(secured(tls));
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.live?.close();
    const drained = drain(this.server, this.#waiting, this.#timeouts.close);
    this.#connections.closeSilent();
    await drained;
  }

  async #serve(visit: Visit): Promise<void> {
    const { message, response } = visit;
    this.#connections.begin(message, response, () => {
      if (this.#closing) this.server.closeIdleConnections();
    });
    let target: Target | undefined;
    try {
      const address = this.#admit(visit);
      const match = this.#targets.find(message.method ?? '', address.path);
      if (match.kind === 'path') throw new TandemError('route.not-found');
      if (match.kind === 'method') return this.#refuseMethod(visit, match.allow);
      target = match.target;
      await this.#answer(visit, target, { ...address, params: match.params });
    } catch (error) {
      this.#refuse(visit, publicError(error), target);
    } finally {
      this.#count(visit, target);
    }
  }

  /** What holds for every request, wherever it wants to go. */
  #admit({ message, response }: Visit): RequestTarget {
    const { shouldKeepAlive } = response;
    // Where a request can be understood in two ways, so can what follows it.
    response.shouldKeepAlive = false;
    assertUnambiguous(message);
    response.shouldKeepAlive = shouldKeepAlive;
    this.#assertWelcome(message);
    return pathAndQuery(message.url ?? '');
  }

  #meet(message: IncomingMessage): void {
    assertUnambiguous(message);
    this.#assertWelcome(message);
  }

  #assertWelcome({ headers }: IncomingMessage): void {
    if (this.#checksHost) assertHost(headers.host, this.#options.names);
    if (this.#closing) throw new TandemError('server.stopping');
  }

  async #answer(
    visit: Visit,
    target: Target,
    address: RequestTarget & { params: Readonly<Record<string, string>> | null },
  ): Promise<void> {
    const { message, response } = visit;
    if (target.kind === 'raw') {
      await target.route.handle(message, response);
      return this.#log(visit, templateOf(target), response.statusCode);
    }
    if (target.kind === 'document') return respond(response, documentResult(target.text), this.#closing);
    const { route, handler } = target.served;
    const takesBody = route.body !== undefined && announcesBody(message);
    const body = takesBody ? eventBody(await readBody(message, wireLimits.bodyBytes)) : null;
    const event = proxyEvent({
      message,
      route,
      ...address,
      body,
      requestId: visit.id,
      at: this.#options.now(),
    });
    const context = new GatewayContext({
      id: visit.id,
      route: route.path,
      response,
      waiting: this.#waiting,
    });
    const result = await handler(overTheWire(event), context);
    respond(response, overTheWire(result), this.#closing);
  }

  #refuse(visit: Visit, error: TandemError, target: Target | undefined): void {
    const { message, response } = visit;
    if (this.#connections.isGivenUp(response)) return;
    const path = message.url?.split('?', 1)[0] ?? '';
    const result = problemResult(error, { requestId: visit.id, path });
    if (response.headersSent) response.destroy();
    else respond(response, result, this.#closing);
    this.#log(visit, target ? templateOf(target) : path, error);
  }

  #count({ message, response, startedAt }: Visit, target: Target | undefined): void {
    const { metrics, elapsed } = this.#options;
    const route = target ? templateOf(target) : 'none';
    // Whoever comes to no route may call a method as they like.
    const method = target ? (message.method ?? '') : 'any';
    metrics?.answered({ method, route, status: response.statusCode }, elapsed() - startedAt);
  }

  #refuseMethod(visit: Visit, allow: readonly string[]): void {
    visit.response.setHeader('allow', allow.join(', '));
    this.#refuse(visit, new TandemError('route.method', { details: { allow } }), undefined);
  }

  /** The line of a request that no handler has written one for. */
  #log({ message, id, startedAt }: Visit, route: string, outcome: TandemError | number): void {
    const { log, elapsed } = this.#options;
    const ended =
      typeof outcome === 'number' ? { status: outcome } : { status: outcome.status, error: outcome };
    const duration = elapsed() - startedAt;
    logAccess(log, { requestId: id, method: message.method ?? '', route, duration, ...ended });
  }
}

/** What is left of a value that crosses the boundary to a function, or back. */
function overTheWire<T extends APIGatewayProxyEvent | APIGatewayProxyResult>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function documentResult(body: string): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'max-age=300' },
    body,
  };
}

function secured({ key, certificate }: NonNullable<GatewayOptions['tls']>) {
  return { key, cert: certificate, minVersion: 'TLSv1.2' as const };
}
