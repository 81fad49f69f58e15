import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { report } from './report.ts';
import type { workerRoutes } from './routes.ts';

export const workerEndpoints = (api: Api): EndpointsOf<typeof workerRoutes> => ({
  report: report(api),
});
