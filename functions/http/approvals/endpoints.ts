import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { approve, deny } from './decide-approval.ts';
import { getApproval } from './get-approval.ts';
import { listApprovals } from './list-approvals.ts';
import type { approvalRoutes } from './routes.ts';

export const approvalEndpoints = (api: Api): EndpointsOf<typeof approvalRoutes> => ({
  listApprovals: listApprovals(api),
  getApproval: getApproval(api),
  approve: approve(api),
  deny: deny(api),
});
