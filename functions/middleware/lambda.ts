import middy, { type MiddlewareObj, type Request } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { holds } from '../../shared/application/roles.ts';
import { isTandemError, type TandemError } from '../../shared/errors/tandem-error.ts';
import type { Logger } from '../../shared/logging/logger.ts';
import type { Principal } from '../../shared/ports/identity.ts';
import type { Endpoint, Reply } from '../http/endpoint.ts';
import type { Route } from '../http/route.ts';
import { logAccess } from './access-log.ts';
import { type Admitting, admit, assertRole } from './admit.ts';
import { partsOf } from './call.ts';
import { IncomingCall } from './incoming-call.ts';
import { problemResult, publicError } from './problem.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { resultOf } from './result.ts';

/** What every handler needs besides its use case. */
export interface Front extends Admitting {
  /** Whether the caller's tenant is served; throws `tenant.unknown` or `tenant.suspended`. */
  readonly served: (caller: Principal) => Promise<void>;
  readonly log: Logger;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  /** Told of each request that its credential did not allow. It must not throw, and nobody waits for it. */
  readonly refused?: (refusal: Refusal) => void;
}

/** The Lambda context; a front that can tell passes a signal, aborted when nobody waits for the answer any more. */
export interface FrontContext extends Context {
  readonly signal?: AbortSignal;
}

/** A handler behind an API Gateway REST API (proxy integration), or behind a gateway that speaks as one. */
export type HttpHandler = (
  event: APIGatewayProxyEvent,
  context: FrontContext,
) => Promise<APIGatewayProxyResult>;

/** What the middlewares of one request tell each other. */
interface Notes extends Record<string, unknown> {
  event: APIGatewayProxyEvent;
  startedAt: number;
  caller?: Principal;
  ticket?: string;
  /** Ends the wait for news that the request was counted for. */
  leave?: () => void;
  error?: TandemError;
}

type Exchange = Request<unknown, unknown, Error, FrontContext, Notes>;
type Middleware = MiddlewareObj<unknown, unknown, Error, FrontContext, Notes>;

/** Turns an endpoint into a handler: who calls, what they ask, the answer or problem, one line in the log. */
export function httpHandler(endpoint: Endpoint, front: Front): HttpHandler {
  const { route } = endpoint;
  const stack: Middleware[] = [
    accessLine(route, front),
    answer(route),
    admission(route, front),
    call(route, front),
  ];
  // The handlers keep their own time limits: middy's timer would cost more than the rest of it.
  return middy({ timeoutEarlyInMillis: 0 }).use(stack).handler(endpoint.handle) as unknown as HttpHandler;
}

/** First in and last out. */
function accessLine(route: Route, { log, elapsed }: Front): Middleware {
  const write = ({ internal, response }: Exchange) => {
    internal.leave?.();
    logAccess(log, {
      requestId: internal.event.requestContext.requestId,
      method: internal.event.httpMethod,
      route: route.path,
      status: (response as APIGatewayProxyResult).statusCode,
      duration: elapsed() - internal.startedAt,
      caller: internal.caller,
      error: internal.error,
    });
  };
  return {
    before({ event, internal }: Exchange): void {
      internal.event = event as APIGatewayProxyEvent;
      internal.startedAt = elapsed();
    },
    after: write,
    onError: write,
  };
}

function answer(route: Route): Middleware {
  return {
    after(exchange: Exchange): void {
      const { requestId } = exchange.internal.event.requestContext;
      exchange.response = resultOf(exchange.response as Reply, route, requestId);
    },
    onError(exchange: Exchange): void {
      const { event } = exchange.internal;
      const error = publicError(exchange.error);
      exchange.internal.error = error;
      exchange.response = problemResult(error, {
        requestId: event.requestContext.requestId,
        path: event.path,
      });
    },
  };
}

/** Comes before the body is looked at: strangers learn nothing about shapes. */
function admission(route: Route, { served, refused, ...admitting }: Front): Middleware {
  return {
    async before({ internal }: Exchange): Promise<void> {
      Object.assign(internal, await admit(internal.event, route, admitting));
      if (internal.caller && !standsOutside(internal.caller, route)) await served(internal.caller);
      assertRole(internal.caller, route);
    },
    onError({ internal: { event, caller }, error }: Exchange): void {
      const refusal = refused && isTandemError(error) && refusalOf(error, { event, route, caller });
      if (refusal) refused?.(refusal);
    },
  };
}

/**
 * Whoever may run the platform does so also while their own tenant is suspended: nobody else could end that. In the tenant
 * they are refused as everybody is.
 */
function standsOutside(caller: Principal, { role }: Route): boolean {
  return role === 'platform' && holds(caller, role);
}

/** What the endpoint is called with. */
function call(route: Route, { limits }: Front): Middleware {
  return {
    before(exchange: Exchange): void {
      const { event, caller, ticket } = exchange.internal;
      const admitted = {
        requestId: event.requestContext.requestId,
        caller,
        ticket,
        ...partsOf(event, route),
      };
      const { wait = 0 } = (admitted.query ?? {}) as { readonly wait?: number };
      if (wait > 0 && caller && limits) exchange.internal.leave = limits.waiter(caller);
      exchange.event = new IncomingCall(admitted, exchange.context);
    },
  };
}
