import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import type { Api } from './use-cases.ts';

export const getApproval = (api: Api) =>
  endpoint(routes.getApproval, async ({ caller, params }) => ({
    data: await api.getApproval(caller, params.approval),
  }));
