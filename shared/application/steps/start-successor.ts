import type { App } from '../app.ts';
import { carryOn } from '../executions/carry.ts';
import type { Step } from '../step.ts';

/** Hands the run over to a new execution before this one meets the limits of its history or age (rule 16). */
export async function startSuccessor(app: App, step: Step): Promise<void> {
  const state = await app.runs.load(step.tenant, step.run);
  // Counted from this step's generation: what a first try has already appended is only started.
  await carryOn(app, { ...state, generation: step.generation });
}
