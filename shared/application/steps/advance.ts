import { decide } from '../../domain/decide.ts';
import type { Directive } from '../../domain/directives.ts';
import { settle } from '../../domain/settle.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { type App, isoNow } from '../app.ts';
import { RunSession } from '../runs/session.ts';
import type { Step } from '../step.ts';
import { StepBudget } from './budget.ts';
import { ensureChildren } from './children.ts';
import { endCancelled, endFailed } from './end.ts';
import { nextStep, superseded } from './next-step.ts';
import { askProgram, deadlock } from './program.ts';
import { recordRequests } from './requests.ts';

/** What one step works with. */
export interface Advance {
  readonly app: App;
  readonly session: RunSession;
  readonly budget: StepBudget;
  /** What was done, in words. */
  readonly did: string[];
}

/**
 * Loads the run and loops decide → perform → append for as many operations as fit its budget, then says what the run
 * needs next. Safe to repeat at any point: whatever a crash cuts off is decided again from the log.
 */
export async function advance(app: App, step: Step): Promise<Step> {
  try {
    return await advanceIn(app, await RunSession.open(app, step), step);
  } catch (error) {
    if (isTandemError(error, 'run.superseded')) return superseded(step);
    throw error;
  }
}

async function advanceIn(app: App, session: RunSession, step: Step): Promise<Step> {
  try {
    const its: Advance = { app, session, budget: new StepBudget(app.clock, session.state), did: [] };
    const directive = await carryOn(its);
    const { state, told } = session;
    return nextStep(app, { ...step, loop: step.loop + 1 }, { state, directive, told, did: its.did });
  } finally {
    session.close();
  }
}

/** Rounds until the run needs something else than the program; a conflict starts the next round from the log. */
async function carryOn(its: Advance): Promise<Directive> {
  for (;;) {
    try {
      const directive = await round(its);
      if (directive) return directive;
    } catch (error) {
      // The program may have been told what was never recorded.
      its.session.forgetProgram();
      if (!isTandemError(error, 'log.conflict')) throw error;
      await its.session.reload();
    }
  }
}

/** One question to the program and what follows from it; `undefined`: go on with the next. */
async function round(its: Advance): Promise<Directive | undefined> {
  const { app, session } = its;
  if (session.state.end) return { kind: 'finish' };
  for (const drafts of settle(session.state, isoNow(app))) session.stage(drafts);
  const directive = decide(session.state);
  if (directive.kind === 'finish') return endCancelled(its);
  const toldAll = session.told === session.state.answered;
  if (session.state.paused || (toldAll && directive.kind !== 'advance')) {
    await session.commit();
    await ensureChildren(app, session.state);
    return directive;
  }
  if (toldAll) return endFailed(its, deadlock);
  return converse(its);
}

/**
 * Tells the program what has come out while that is being committed: it can do nothing with it but ask, and what it
 * asks is not looked at before the commit is on the disk. If that fails, the program forgets.
 */
async function converse(its: Advance): Promise<Directive | undefined> {
  const commit = its.session.due ? its.session.commit() : undefined;
  const [committed, asked] = await Promise.allSettled([commit, askProgram(its)]);
  if (committed.status === 'rejected') throw committed.reason;
  if (asked.status === 'rejected') throw asked.reason;
  const turn = asked.value;
  if (turn.kind === 'failed') return endFailed(its, turn.error);
  return recordRequests(its, turn);
}
