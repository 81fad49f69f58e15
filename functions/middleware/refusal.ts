import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Principal } from '../../shared/ports/identity.ts';
import type { Route } from '../http/route.ts';

const refusals = [
  'auth.missing',
  'auth.invalid',
  'auth.forbidden',
  'tenant.unknown',
  'tenant.suspended',
] as const;

/** A request that its credential did not allow; says nothing of the credential itself. */
export interface Refusal {
  readonly code: (typeof refusals)[number];
  /** What was wrong, in the words of the answer. */
  readonly message: string;
  /** Method and path template. */
  readonly route: string;
  readonly requestId: string;
  /** Network address of who asked. */
  readonly address?: string;
  /** Who asked, where the credential itself was good. */
  readonly caller?: Principal;
  /** Id of the API key that the credential is, where that is certain and it is no longer good. */
  readonly key?: string;
}

interface Refused {
  readonly event: APIGatewayProxyEvent;
  readonly route: Route;
  readonly caller: Principal | undefined;
}

/** `undefined` for errors that are about something else. */
export function refusalOf(error: TandemError, { event, route, caller }: Refused): Refusal | undefined {
  const code = refusals.find((one) => one === error.code);
  if (code === undefined) return undefined;
  const { message, details } = error;
  const { requestId, identity } = event.requestContext;
  return {
    code,
    message,
    route: `${route.method} ${route.path}`,
    requestId,
    ...(identity.sourceIp && { address: identity.sourceIp }),
    ...(caller && { caller }),
    ...(code === 'auth.invalid' && typeof details['key'] === 'string' && { key: details['key'] }),
  };
}
