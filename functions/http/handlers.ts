import type { Api } from '../../shared/application/api.ts';
import { type Front, type HttpHandler, httpHandler } from '../middleware/lambda.ts';
import { endpoints } from './endpoints.ts';
import type { Route } from './route.ts';
import type { Service } from './service.ts';

/** A route with the handler that answers it. */
export interface Served {
  readonly route: Route;
  readonly handler: HttpHandler;
}

/** Handlers of every route. */
export function handlers(api: Api, front: Front, service: Service): readonly Served[] {
  return Object.values(endpoints(api, service)).map((endpoint) => ({
    route: endpoint.route,
    handler: httpHandler(endpoint, front),
  }));
}
