import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { approvalRoutes } from './routes.ts';

export const getApproval = (api: Pick<Api, 'getApproval'>) =>
  endpoint(approvalRoutes.getApproval, async ({ caller, params }) => ({
    data: await api.getApproval(caller, params.approval),
  }));
