import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { approvalRoutes } from './routes.ts';

export const listApprovals = (api: Pick<Api, 'listApprovals'>) =>
  endpoint(approvalRoutes.listApprovals, async ({ caller, query }) => ({
    data: await api.listApprovals(caller, query),
  }));
