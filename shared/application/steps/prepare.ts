import { isTandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import { RunSession } from '../runs/session.ts';
import type { ExecutionInput, Step } from '../step.ts';
import { abide } from '../tenants/abide.ts';
import { cancelOrphan } from './children.ts';
import { interruptClaims } from './claims.ts';
import { nextStep, superseded } from './next-step.ts';

/**
 * Begins a generation: whatever an earlier one left claimed is stopped and interrupted, so that nothing is done twice. A
 * child that nobody waits for any more is cancelled before it does anything, and a run of a suspended tenant does nothing.
 */
export async function prepare(app: App, input: ExecutionInput): Promise<Step> {
  const step: Step = { ...input, loop: 0, next: 'advance', told: -1, timeoutSeconds: 1, did: [], say: '' };
  try {
    const session = await RunSession.open(app, step);
    const wanted = await cancelOrphan(app, session.state);
    const left = await interruptClaims(app, wanted, 'The execution that had started it was lost');
    const state = await abide(app, left);
    return nextStep(app, step, { state, directive: { kind: 'advance' }, told: -1, did: [] });
  } catch (error) {
    if (isTandemError(error, 'run.superseded')) return superseded(step);
    throw error;
  }
}
