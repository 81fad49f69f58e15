import type { ApprovalRow } from '../../domain/projections.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page } from '../../ports/projections.ts';
import type { ApprovalFilter } from '../api/approvals.ts';
import type { App } from '../app.ts';

export function listApprovals(
  app: App,
  { tenant }: Principal,
  filter: ApprovalFilter,
): Promise<Page<ApprovalRow>> {
  return app.projections.forTenant(tenant).approvals(filter);
}

export async function getApproval(app: App, { tenant }: Principal, approval: string): Promise<ApprovalRow> {
  const row = await app.projections.forTenant(tenant).approval(approval);
  if (row) return row;
  throw new TandemError('resource.not-found', {
    message: `There is no approval ${approval}`,
    details: { approval },
  });
}
