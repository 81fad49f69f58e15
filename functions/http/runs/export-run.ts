import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { runRoutes } from './routes.ts';

export const exportRun = (api: Pick<Api, 'exportUrl'>) =>
  endpoint(runRoutes.exportRun, async ({ caller, params, query }) => {
    const url = await api.exportUrl(caller, params.run, { children: query.children === 'true' });
    return { data: { url }, headers: { location: url } };
  });
