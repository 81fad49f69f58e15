import type { EndpointsOf } from '../endpoint.ts';
import type { Service } from '../service.ts';
import { getOpenApi } from './get-openapi.ts';
import { health, ready } from './health.ts';
import type { serviceRoutes } from './routes.ts';

export const serviceEndpoints = (service: Service): EndpointsOf<typeof serviceRoutes> => ({
  health: health(),
  ready: ready(service),
  getOpenApi: getOpenApi(service),
});
