import type { App } from '../../../shared/application/app.ts';
import { platformTenant } from '../../../shared/domain/audit/records.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { type HttpHandler, httpHandler } from '../../middleware/lambda.ts';
import { remembered } from '../../remembered.ts';
import type { Wire } from '../../wired.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Service } from '../service.ts';
import { unassembled } from '../unassembled.ts';

/** A function about the service itself: whoever asks is told, whoever they are. */
export function serviceFunction(
  wire: Wire,
  { version, endpointOf }: { readonly version: string; readonly endpointOf: (service: Service) => Endpoint },
): HttpHandler {
  const ready = remembered(async () => {
    const { app, log } = await wire();
    return httpHandler(endpointOf({ version, check: () => check(app) }), {
      identity: nobody,
      served: async () => {},
      log,
      elapsed: () => performance.now(),
    });
  });
  return async (event, context) => {
    const handler = await ready().catch((error: unknown) => unassembled(error));
    return handler(event, context);
  };
}

const nobody = {
  verify: () => Promise.reject(new TandemError('auth.invalid')),
};

/** Requests can be answered if records can be read. */
const check = async ({ records }: App): Promise<void> => void (await records.find('tenant', platformTenant));
