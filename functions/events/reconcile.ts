import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { settleTenants } from '../../shared/application/tenants/settle.ts';
import { reconcile, reconcileScheduled } from '../../shared/application/upkeep/reconcile.ts';
import { workQueue } from '../queues/work-queue.ts';
import type { Wire, Wired } from '../wired.ts';
import { namedRun, runOfInput } from './which-run.ts';

/** Step Functions says that an execution has closed. */
export interface ExecutionClosed {
  readonly 'detail-type': 'Step Functions Execution Status Change';
  /** `input`: what the execution was started with; `null` where that is too long to be told. */
  readonly detail: { readonly executionArn: string; readonly input: string | null };
}

/** A minute is over. */
export interface Scheduled {
  readonly 'detail-type': 'Scheduled Event';
}

/** Every execution is gone, as after a restart of an engine that keeps nothing: whoever deploys it anew says so. */
export interface EngineLost {
  readonly lost: true;
}

export type ReconcileEvent = SQSEvent | ExecutionClosed | Scheduled | EngineLost;

/**
 * How far ahead it looks when the engine has lost its executions, in milliseconds: none of the runs they carried is checked
 * later than in an hour.
 */
const lostAheadMs = 3_660_000;

/**
 * The reconciler (rule 11): looks at runs that are due once a minute, at those that somebody asks it to look at, and at the
 * one whose execution has just closed. It never asks Step Functions about each open run: only about those.
 */
export function reconcileFunction(
  wire: Wire,
): (event: ReconcileEvent) => Promise<SQSBatchResponse | undefined> {
  return async (event) => {
    const wired = await wire();
    if ('Records' in event) return asked(wired, event);
    if ('lost' in event) await lookAhead(wired, lostAheadMs);
    else if (event['detail-type'] === 'Scheduled Event') await lookAhead(wired, 0);
    else await closed(wired, event);
    return undefined;
  };
}

async function lookAhead({ app, log }: Wired, aheadMs: number): Promise<void> {
  await settleTenants(app);
  try {
    const runs = await reconcileScheduled(app, new Date(app.clock.now() + aheadMs).toISOString());
    if (runs > 0) log.info('Runs were looked at', { runs });
  } catch (error) {
    // Lambda itself says of an error no more than how it is called.
    log.error('The reconciler failed; it will try again', { error });
    throw error;
  }
}

/** Executions of others, and those whose input tells no run, are found by what is due. */
async function closed({ app, log }: Wired, { detail }: ExecutionClosed): Promise<void> {
  const which = runOfInput(detail.input);
  if (which) return reconcile(app, which.tenant, which.run);
  log.warn('An execution has closed that names no run', { execution: detail.executionArn });
}

function asked(wired: Wired, { Records }: SQSEvent): Promise<SQSBatchResponse> {
  return workQueue(wired, Records, async (body) => {
    const which = namedRun(body);
    await reconcile(wired.app, which.tenant, which.run);
  });
}
