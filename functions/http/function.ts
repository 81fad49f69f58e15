import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { App } from '../../shared/application/app.ts';
import type { RefusedAccess } from '../../shared/application/audit/refusals.ts';
import { assertServed } from '../../shared/application/tenants/serve.ts';
import type { Json } from '../../shared/domain/json.ts';
import { callersOf } from '../identity/callers.ts';
import type { FrontContext } from '../middleware/lambda.ts';
import { type HttpHandler, httpHandler } from '../middleware/lambda.ts';
import type { Refusal } from '../middleware/refusal.ts';
import { remembered } from '../remembered.ts';
import type { Wire, Wired } from '../wired.ts';
import type { Endpoint } from './endpoint.ts';
import { unassembled } from './unassembled.ts';

/**
 * A function that serves one route. Refusals are put into a queue before the answer: whoever writes audit logs does so
 * from there, and this function needs no right to.
 */
export function httpFunction(wire: Wire, endpointOf: (app: App) => Endpoint): HttpHandler {
  const ready = remembered(async () => served(await wire(), endpointOf));
  return async (event: APIGatewayProxyEvent, context: FrontContext): Promise<APIGatewayProxyResult> => {
    const handler = await ready().catch((error: unknown) => unassembled(error));
    return handler(event, context);
  };
}

function served(wired: Wired, endpointOf: (app: App) => Endpoint): HttpHandler {
  const { app, log } = wired;
  const sending = new Set<Promise<void>>();
  const handler = httpHandler(endpointOf(app), {
    identity: callersOf(wired),
    served: (caller) => assertServed(app, caller),
    log,
    elapsed: () => performance.now(),
    refused(refusal) {
      const sent = send(wired, refusal).finally(() => sending.delete(sent));
      sending.add(sent);
    },
  });
  return async (event, context) => {
    const result = await handler(event, context);
    await Promise.all(sending);
    return result;
  };
}

/** Nobody is answered otherwise because a refusal could not be noted. */
async function send({ refusals, log }: Wired, { caller, requestId: _, ...refusal }: Refusal): Promise<void> {
  const noted: RefusedAccess = {
    ...refusal,
    ...(caller && { tenant: caller.tenant, subject: caller.subject }),
  };
  await refusals
    ?.send(noted as unknown as Json)
    .catch((error: unknown) => log.warn('A refusal was not noted', { error }));
}
