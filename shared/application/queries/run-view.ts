import type { Content } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import { approvalRow, runRow } from '../../domain/project.ts';
import type { RunState } from '../../domain/state.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { OpenApproval, RunView } from '../api/runs.ts';
import type { App } from '../app.ts';

/** How long the address of an input or output works, in seconds. */
const addressSeconds = 300;

/** Approvals that a run shows: a run that asks for more lists them by themselves. */
const shownApprovals = 100;

/** A run in full, from its state; bounded, so that it fits into an answer whatever the run has made. */
export async function runView(app: App, state: RunState): Promise<RunView> {
  const blobs = app.blobs.forTenant(state.tenant);
  const input = await shown(blobs, state.input);
  const output = state.end?.status === 'succeeded' ? await shown(blobs, state.end.output) : undefined;
  return {
    ...runRow(state),
    ...('url' in input ? { inputUrl: input.url } : { input: input.value }),
    ...(output && ('url' in output ? { outputUrl: output.url } : { output: output.value })),
    tree: state.tree,
    operations: state.answered,
    generation: state.generation,
    isolation: state.isolation,
    openApprovals: openApprovals(state),
  };
}

/** What is inline in the log is inline here; what had to spill goes down by a signed address (rule 18). */
async function shown(
  blobs: TenantBlobs,
  content: Content,
): Promise<{ readonly value: Json } | { readonly url: string }> {
  if ('inline' in content) return { value: content.inline };
  const options = { method: 'GET', expiresIn: addressSeconds, mediaType: 'application/json' } as const;
  return { url: await blobs.signedUrl(content.blob, options) };
}

function openApprovals(state: RunState): OpenApproval[] {
  if (state.end) return [];
  const undecided = Object.values(state.approvals).filter(({ decision }) => decision === undefined);
  return undecided.slice(0, shownApprovals).map((pending) => {
    const { details: _, ...row } = approvalRow(state, pending);
    return row;
  });
}
