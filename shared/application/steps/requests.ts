import type { Directive } from '../../domain/directives.ts';
import { limits } from '../../domain/limits.ts';
import { operationKinds } from '../../domain/operations.ts';
import type { ProgramRequest, ProgramTurn } from '../../ports/program-host.ts';
import { toContent } from '../content.ts';
import { isPerformable, perform } from '../operations/perform.ts';
import type { Advance } from './advance.ts';
import { endFailed, endSucceeded } from './end.ts';
import { requestDrafts } from './request-drafts.ts';

type Asked = Exclude<ProgramTurn, { kind: 'failed' }>;

/** Stages what the program newly asks, doing at once what can be done at once; ends the run if it has finished. */
export async function recordRequests(its: Advance, turn: Asked): Promise<Directive | undefined> {
  const { app, session } = its;
  const fresh = turn.requests.filter(({ operation }) => operation > session.state.lastOperation);
  for (const request of fresh) {
    const immediate = isPerformable(request.kind);
    // Nobody will hear the answer of what a finished program left open; only its effects on the workspace count.
    if (turn.kind === 'finished' && !immediate) break;
    if (!its.budget.take()) {
      await session.commit();
      return { kind: 'advance' };
    }
    if (immediate) await performAndStage(its, request);
    else session.stage(await requestDrafts(app, session.state, request));
    its.did.push(`${request.operation} ${request.kind}`);
    // Operations that are only carried ride with the next one that is recorded (rule 13).
    session.due ||= operationKinds[request.kind] !== 'carried';
    if (Object.keys(session.state.open).length > limits.openOperations) {
      return endFailed(its, tooManyOpen);
    }
  }
  if (turn.kind === 'finished') {
    const output = await toContent(app.blobs.forTenant(session.state.tenant), turn.output);
    return endSucceeded(its, output);
  }
  return undefined;
}

const tooManyOpen = {
  code: 'limit.exceeded',
  message: `More than ${limits.openOperations} operations are open at once`,
};

/** Done and recorded in one go: repeatable, so a crash in between costs nothing but doing it again (rule 8). */
async function performAndStage({ app, session }: Advance, asked: ProgramRequest): Promise<void> {
  const { operation, kind, hash } = asked;
  if (!isPerformable(kind)) return;
  const { tenant, tree } = session.state;
  const began = app.metrics?.elapsed() ?? 0;
  const { outcome, request, ...effects } = await perform({
    kind,
    arguments: asked.arguments,
    tree,
    blobs: app.blobs.forTenant(tenant),
    clock: app.clock,
    ids: app.ids,
  });
  if (operationKinds[kind] === 'repeatable') app.metrics?.operationTook(kind, app.metrics.elapsed() - began);
  const payload = { operation, record: { kind, hash, request }, outcome, ...effects };
  session.stage([{ type: 'operation.completed', by: 'run', payload }]);
}
