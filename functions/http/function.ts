import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { App } from '../../shared/application/app.ts';
import { assertServed } from '../../shared/application/tenants/serve.ts';
import { callersOf } from '../identity/callers.ts';
import type { FrontContext } from '../middleware/lambda.ts';
import { type HttpHandler, httpHandler } from '../middleware/lambda.ts';
import { notedRefusals } from '../noted-refusals.ts';
import { remembered } from '../remembered.ts';
import type { Wire, Wired } from '../wired.ts';
import type { Endpoint } from './endpoint.ts';
import { unassembled } from './unassembled.ts';

/** A function that serves one route. */
export function httpFunction(wire: Wire, endpointOf: (app: App) => Endpoint): HttpHandler {
  const ready = remembered(async () => served(await wire(), endpointOf));
  return async (event: APIGatewayProxyEvent, context: FrontContext): Promise<APIGatewayProxyResult> => {
    const handler = await ready().catch((error: unknown) => unassembled(error));
    return handler(event, context);
  };
}

function served(wired: Wired, endpointOf: (app: App) => Endpoint): HttpHandler {
  const { app, log } = wired;
  const refusals = notedRefusals(wired);
  const handler = httpHandler(endpointOf(app), {
    identity: callersOf(wired),
    served: (caller) => assertServed(app, caller),
    log,
    elapsed: () => performance.now(),
    refused: refusals.refused,
  });
  return async (event, context) => {
    const result = await handler(event, context);
    await refusals.sent();
    return result;
  };
}
