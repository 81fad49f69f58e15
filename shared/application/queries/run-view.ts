import { approvalRow, runRow } from '../../domain/project.ts';
import type { ApprovalRow } from '../../domain/projections.ts';
import type { RunState } from '../../domain/state.ts';
import type { RunView } from '../api.ts';
import type { App } from '../app.ts';
import { fromContent } from '../content.ts';

/** A run in full, from its state. */
export async function runView(app: App, state: RunState): Promise<RunView> {
  const blobs = app.blobs.forTenant(state.tenant);
  const output =
    state.end?.status === 'succeeded' ? { output: await fromContent(blobs, state.end.output) } : {};
  return {
    ...runRow(state),
    input: await fromContent(blobs, state.input),
    ...output,
    tree: state.tree,
    operations: state.answered,
    generation: state.generation,
    isolation: state.isolation,
    openApprovals: openApprovals(state),
  };
}

function openApprovals(state: RunState): ApprovalRow[] {
  if (state.end) return [];
  const undecided = Object.values(state.approvals).filter(({ decision }) => decision === undefined);
  return undecided.map((pending) => approvalRow(state, pending));
}
