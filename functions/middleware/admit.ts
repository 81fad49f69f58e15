import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import type { Identity, Principal } from '../../shared/ports/identity.ts';
import type { RateLimits } from '../../shared/ports/rate-limits.ts';
import type { Route } from '../http/route.ts';
import { assertHolds, authenticate, credentialOf } from './authenticate.ts';
import { headerOf } from './headers.ts';

/** Who knows callers, and how much each may ask. */
export interface Admitting {
  readonly identity: Identity;
  /** Absent where what stands in front limits. */
  readonly limits?: RateLimits;
}

/** What a request shows, if it may come in at all. */
export interface Shown {
  readonly ticket?: string;
  readonly caller?: Principal;
}

/** The caller or ticket of a request; throws what its credential does not allow, and `limit.rate`. */
export async function admit(
  event: APIGatewayProxyEvent,
  route: Route,
  { identity, limits }: Admitting,
): Promise<Shown> {
  const header = headerOf(event, 'authorization');
  if (route.credential === 'ticket') return { ticket: credentialOf(header, 'Ticket') };
  if (route.credential === 'none') limits?.stranger(addressOf(event));
  if (route.credential !== 'token') return {};
  const caller = await known(event, { identity, ...(limits ? { limits } : {}) });
  limits?.caller(caller);
  return { caller };
}

/** Throws `auth.forbidden`; apart from {@link admit}, so that the caller is known when it does. */
export function assertRole(caller: Principal | undefined, { role = 'user' }: Route): void {
  if (caller) assertHolds(caller, role);
}

/**
 * Who calls. Only who fails is counted for their address: whoever shares one with somebody who tries tokens, behind a
 * proxy for instance, must not be kept out by that.
 */
async function known(event: APIGatewayProxyEvent, { identity, limits }: Admitting): Promise<Principal> {
  try {
    return await authenticate(identity, headerOf(event, 'authorization'), event.headers);
  } catch (error) {
    if (isTandemError(error) && error.status === 401) limits?.stranger(addressOf(event));
    throw error;
  }
}

const addressOf = ({ requestContext }: APIGatewayProxyEvent): string => requestContext.identity.sourceIp;
