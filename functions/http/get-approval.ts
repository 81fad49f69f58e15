import type { Api } from '../../shared/application/api.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const getApproval = (api: Api) =>
  endpoint(routes.getApproval, async ({ caller, params }) => ({
    data: await api.getApproval(caller, params.approval),
  }));
