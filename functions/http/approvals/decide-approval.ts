import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { approvalRoutes } from './routes.ts';

export const approve = (api: Pick<Api, 'decideApproval'>) =>
  endpoint(approvalRoutes.approve, async ({ caller, params, body }) => ({
    data: await api.decideApproval(caller, params.approval, { decision: 'approved', ...body }),
  }));

export const deny = (api: Pick<Api, 'decideApproval'>) =>
  endpoint(approvalRoutes.deny, async ({ caller, params, body }) => ({
    data: await api.decideApproval(caller, params.approval, { decision: 'denied', ...body }),
  }));
