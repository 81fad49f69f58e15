import type { ApprovalRow } from '../../domain/projections.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page, PageRequest, TimeRange } from '../../ports/projections.ts';
import type { Why } from './runs.ts';

export interface ApprovalUseCases {
  listApprovals(caller: Principal, filter: ApprovalFilter): Promise<Page<ApprovalRow>>;
  getApproval(caller: Principal, approval: string): Promise<ApprovalRow>;
  decideApproval(caller: Principal, approval: string, decision: Decision): Promise<ApprovalRow>;
}

export interface ApprovalFilter extends PageRequest, TimeRange {
  readonly run?: string;
  readonly status?: ApprovalRow['status'];
}

export interface Decision extends Why {
  readonly decision: 'approved' | 'denied';
}
