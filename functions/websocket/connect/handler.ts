import type { Live } from '../../../shared/application/live/live.ts';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import type { Logger } from '../../../shared/logging/logger.ts';
import type { Principal } from '../../../shared/ports/identity.ts';
import { liveLimits, livePath } from '../../../shared/protocol/live.ts';
import { logAccess } from '../../middleware/access-log.ts';
import { type Admitting, admit, assertRole } from '../../middleware/admit.ts';
import { headerOf } from '../../middleware/headers.ts';
import { problemResult, publicError } from '../../middleware/problem.ts';
import { type Refusal, refusalOf } from '../../middleware/refusal.ts';
import { asRequest, type WebSocketEvent, type WebSocketHandler } from '../event.ts';
import { liveRoute } from '../live-route.ts';
import { offerOf } from '../subprotocols.ts';

export interface LiveFront extends Admitting {
  readonly live: Pick<Live, 'connections' | 'clock'>;
  /** Whether the caller's tenant is served; throws `tenant.unknown` or `tenant.suspended`. */
  readonly served: (caller: Principal) => Promise<void>;
  readonly log: Logger;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  /** Told of each connection that its credential did not allow. It must not throw, and nobody waits for it. */
  readonly refused?: (refusal: Refusal) => void;
}

/** `$connect`: who comes is known by the same verification as for any request, and remembered with the connection. */
export function liveConnect(front: LiveFront): WebSocketHandler {
  return async (event) => {
    const startedAt = front.elapsed();
    const offer = offerOf(headerOf(asRequest(event, event.headers ?? {}), 'sec-websocket-protocol'));
    const request = asRequest(event, withToken(event, offer.token));
    const { requestId } = event.requestContext;
    const access = { requestId, method: 'GET', route: livePath };
    let caller: Principal | undefined;
    try {
      ({ caller } = await admit(request, liveRoute, front));
      if (caller === undefined) throw new Error('A live connection is nobody without a caller');
      await front.served(caller);
      assertRole(caller, liveRoute);
      await remember(front.live, event, caller);
      logAccess(front.log, { ...access, status: 101, duration: front.elapsed() - startedAt, caller });
      return {
        statusCode: 200,
        ...(offer.chosen === undefined ? {} : { headers: { 'Sec-WebSocket-Protocol': offer.chosen } }),
      };
    } catch (cause) {
      const error = publicError(cause);
      const refusal = isTandemError(cause) && refusalOf(cause, { event: request, route: liveRoute, caller });
      if (refusal) front.refused?.(refusal);
      const { status } = error;
      logAccess(front.log, { ...access, status, duration: front.elapsed() - startedAt, caller, error });
      return problemResult(error, { requestId, path: livePath }) as Awaited<ReturnType<WebSocketHandler>>;
    }
  };
}

function remember(
  { connections, clock }: LiveFront['live'],
  { requestContext: { connectionId: id } }: WebSocketEvent,
  { tenant, subject, roles }: Principal,
): Promise<void> {
  const expiresAt = clock.now() + liveLimits.lifetimeSeconds * 1_000;
  return connections.open({ id, tenant, subject, roles, expiresAt });
}

/** A header field goes before a subprotocol. */
function withToken(
  { headers = {} }: WebSocketEvent,
  token: string | undefined,
): Readonly<Record<string, string>> {
  const has = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return has || token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
}
