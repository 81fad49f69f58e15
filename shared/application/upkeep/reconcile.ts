import { decide, hasWork } from '../../domain/decide.ts';
import { executionName } from '../../domain/derived-ids.ts';
import { checkAt } from '../../domain/due.ts';
import { failure } from '../../domain/failure.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { limits } from '../../domain/limits.ts';
import type { RunState } from '../../domain/state.ts';
import { type App, isoNow } from '../app.ts';
import { carryOn, startExecution } from '../executions/carry.ts';
import { answerToken, forgetToken, hasNews } from '../executions/wake.ts';
import { abandonClaims, interruptClaims } from '../steps/claims.ts';
import { tidy } from '../steps/tidy.ts';
import { abide } from '../tenants/abide.ts';

/** Runs looked at in one go. */
const batch = 100;

/** How often a message is delivered whose run cannot be looked at. */
const deliveries = 5;

/** After this time without an event no step of an execution can still be at work, in milliseconds. */
const stalledMs = 16 * 60_000;

/** How soon a run is looked at again when there was nothing to do. */
const againMs = 60_000;

/**
 * Looks at every run whose check is due at or before `before` (ISO), and at those it was asked to look at (rule 11).
 * Never at all runs. Returns how many it looked at; throws an `AggregateError` if some could not be looked at, which
 * keeps no other one waiting.
 */
export async function reconcileDue(app: App, before: string): Promise<number> {
  const failures: unknown[] = [];
  const asked = await reconcileAsked(app, failures);
  const due = await lookAtDue(app, before, failures);
  assertAllSeen(failures);
  return asked + due;
}

/** As {@link reconcileDue}, where those that it is asked to look at are brought to it one by one. */
export async function reconcileScheduled(app: App, before: string): Promise<number> {
  const failures: unknown[] = [];
  const looked = await lookAtDue(app, before, failures);
  assertAllSeen(failures);
  return looked;
}

const unseen = (run: string, cause: unknown) => new Error(`${run} could not be looked at`, { cause });

function assertAllSeen(failures: readonly unknown[]): void {
  if (failures.length === 0) return;
  throw new AggregateError(failures, `${failures.length} runs could not be looked at`);
}

async function lookAtDue(app: App, before: string, failures: unknown[]): Promise<number> {
  let looked = 0;
  const seen = new Set<string>();
  for (let known = 0; ; ) {
    const rows = await app.projections.due(before, known + batch);
    // Whatever is wrong with a run, it is looked at once: a row that stays due must not keep this going for ever. One
    // that an event has moved into the time looked at meanwhile must not stand in the way of those behind it.
    const due = rows.filter((row) => !seen.has(keyOf(row)));
    if (due.length === 0 && rows.length < known + batch) break;
    known = rows.length - due.length;
    for (const row of due) seen.add(keyOf(row));
    await inParallel(due, ({ tenant, run }) =>
      reconcile(app, tenant, run, before).catch((error: unknown) => {
        failures.push(unseen(run, error));
        return postpone(app, { tenant, run }, before);
      }),
    );
    looked += due.length;
  }
  return looked;
}

const keyOf = ({ tenant, run }: Which): string => `${tenant}/${run}`;

/** A message is delivered again unless its run was looked at; not for ever, as what is due is looked at anyway. */
async function reconcileAsked(app: App, failures: unknown[]): Promise<number> {
  let looked = 0;
  for (;;) {
    const messages = await app.reconcileQueue.receive(batch, 30);
    if (messages.length === 0) return looked;
    looked += messages.length;
    await inParallel(messages, async ({ id, body, attempt }) => {
      const { tenant, run } = body as { tenant: string; run: string };
      try {
        await reconcile(app, tenant, run);
        await app.reconcileQueue.delete(id);
      } catch (error) {
        failures.push(unseen(run, error));
        if (attempt >= deliveries) await app.reconcileQueue.delete(id);
      }
    });
  }
}

/** Looks at one run and does what is missing. `before` is the time the caller looks up to: the next look comes later. */
export async function reconcile(app: App, tenant: string, run: string, before = isoNow(app)): Promise<void> {
  const state = await app.runs.find(tenant, run);
  if (!state || state.end) return leave(app, { tenant, run }, state);
  await mend(app, await abide(app, state));
  const checked = await app.runs.load(tenant, run);
  if (checked.end) return leave(app, { tenant, run }, checked);
  const due = checkAt(checked);
  if (due === null || due <= Date.parse(before)) await postpone(app, { tenant, run }, before);
  // Its row may say otherwise than the log: then it would be due for ever.
  else await reschedule(app, { tenant, run }, { at: due, before });
}

type Which = Pick<RunState, 'tenant' | 'run'>;

/** Nothing is left to look at; also calls off a look that was postponed while the run came to its end. */
async function leave(app: App, which: Which, state: RunState | undefined): Promise<void> {
  if (state) {
    // An execution that still waits for news of a run that was ended over its head.
    await answerToken(app, state);
    await Promise.all([forgetToken(app, state), tidy(app, state)]);
  }
  await app.projections.reschedule({ ...which, checkAt: null });
}

async function postpone(app: App, which: Which, before: string): Promise<void> {
  // Hardly beyond `before`: a server that is killed again and looks as far ahead at boot must find the run.
  const at = Math.max(app.clock.now() + againMs, Date.parse(before) + 1);
  await reschedule(app, which, { at, before });
}

/** Moves a look that is due; where an event has moved it meanwhile, that stands. `at`: milliseconds since the epoch. */
function reschedule(app: App, which: Which, { at, before }: { at: number; before: string }): Promise<void> {
  return app.projections.reschedule({ ...which, checkAt: new Date(at).toISOString() }, before);
}

async function mend(app: App, state: RunState): Promise<void> {
  if (state.generation === 0) return carryOn(app, state);
  const execution = await app.engine.describe(executionName(state.run, state.generation));
  if (execution.status === 'absent') {
    return (await hasWaited(app, state)) ? carryOn(app, state) : startExecution(app, state);
  }
  if (execution.status === 'closed') return succeed(app, state, execution.cause);
  if (decide(state).kind === 'command') return mendCommand(app, state);
  await rouse(app, state);
}

/**
 * Whether the current generation has begun before, and its execution is lost. Begun once more it would count its waits from
 * the start, and the token of an earlier wait would stay, which nobody waits on.
 */
async function hasWaited(app: App, { tenant, run, generation }: RunState): Promise<boolean> {
  const waiting = await app.tokens.forTenant(tenant).get(run);
  return waiting?.generation === generation;
}

/**
 * Wakes an execution that has not heard the news. One that nobody can wake, because the token it waits on is not the
 * one that was stored last, is left behind once it is certain that no step of it is still at work.
 */
async function rouse(app: App, state: RunState): Promise<void> {
  const waiting = await app.tokens.forTenant(state.tenant).get(state.run);
  if (!hasNews(app, state, waiting ?? { told: -1 })) return;
  if (waiting && (await app.engine.succeed(waiting.token)) === 'accepted') return;
  if (app.clock.now() < newsAt(state, app.clock.now()) + stalledMs) return;
  await succeed(app, state, 'Its execution could not be woken');
  await app.engine.stop(executionName(state.run, state.generation), 'A newer generation carries the run');
}

/** When the latest thing happened that the run has to hear of, in milliseconds since the epoch. */
function newsAt(state: RunState, now: number): number {
  const deadlines = Object.values(state.open).map(({ deadline }) => Date.parse(deadline ?? state.at));
  return Math.max(Date.parse(state.at), ...deadlines.filter((deadline) => deadline <= now));
}

/** The execution is lost and the run has not ended: a new generation, unless that has been tried often enough. */
async function succeed(
  app: App,
  state: RunState,
  cause = 'Its executions ended without a cause',
): Promise<void> {
  const isBarren = !state.fruitful && hasWork(state);
  if (!isBarren || state.barren + 1 < limits.barrenGenerations) return carryOn(app, state);
  const error = failure('run.stuck', `Three executions in a row brought the run no further: ${cause}`);
  const interrupted = await abandonClaims(app, state, 'The run could not be carried on');
  await app.runs.update(state.tenant, state.run, (now) =>
    now.end || now.generation !== state.generation || now.fruitful
      ? []
      : [...interrupted, { type: 'run.failed', by: 'system', payload: { error } }],
  );
  app.programs.forTenant(state.tenant).release(state.run);
}

/** A worker that died tells nobody: its claim is interrupted, or, if it had not made one yet, another is launched. */
async function mendCommand(app: App, state: RunState): Promise<void> {
  const { tenant, run } = state;
  for (const { operation, worker } of Object.values(state.open)) {
    if (worker ? await app.launcher.alive(worker) : await app.launcher.launched({ tenant, run, operation }))
      return;
  }
  await rouse(app, await interruptClaims(app, state, 'Its worker died'));
}
