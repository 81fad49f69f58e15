import { handlers } from '../../functions/http/handlers.ts';
import type { Front } from '../../functions/middleware/lambda.ts';
import { type Gateway, type GatewayOptions, openGateway } from '../../local/gateway/gateway.ts';
import type { Api } from '../../shared/application/api.ts';
import { createLogger } from '../../shared/logging/logger.ts';
import { fakeApi } from './fake-api.ts';
import { type TestIssuer, testIssuer } from './test-issuer.ts';

/** A gateway on a port of its own, with the real handlers and whatever use cases. */
export interface OpenDoor extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly issuer: TestIssuer;
  readonly log: string[];
  /** Sends a request with a good token. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

export async function openDoor(
  options: {
    readonly api?: Api;
    readonly gateway?: Partial<GatewayOptions>;
    /** Who calls, whether they are served, how often, and who hears of refusals; else the door's own issuer, always. */
    readonly front?: Partial<Pick<Front, 'identity' | 'served' | 'limits' | 'refused'>>;
  } = {},
): Promise<OpenDoor> {
  const log: string[] = [];
  const issuer = testIssuer();
  const front: Front = {
    identity: issuer.identity,
    served: async () => undefined,
    elapsed: () => performance.now(),
    log: createLogger({ level: 'info', write: (line) => log.push(line), now: Date.now }),
    ...options.front,
  };
  let requests = 0;
  const gateway = await openGateway({
    handlers: handlers(options.api ?? fakeApi().api, front, {
      version: '1.2.3',
      check: async () => undefined,
    }),
    log: front.log,
    elapsed: front.elapsed,
    now: Date.now,
    requestId: () => `req_${++requests}`,
    port: 0,
    ...options.gateway,
  });
  const token = issuer.token();
  return {
    gateway,
    issuer,
    log,
    request: (method, path, body, headers = {}) =>
      fetch(gateway.url + path, {
        method,
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}
