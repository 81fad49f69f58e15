import { decide } from '../../domain/decide.ts';
import type { Directive } from '../../domain/directives.ts';
import type { Failure } from '../../domain/events.ts';
import { failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import type { OpenOperation } from '../../domain/state.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import type { TokenStep } from '../step.ts';
import { interruptClaims } from './claims.ts';

type Command = Extract<Directive, { kind: 'command' }>;

/** How long after its timeout a worker may still report: it fetches the workspace before, and uploads it after. */
const reportGraceMs = 5 * 60_000;

/**
 * Has a worker run the command that the run needs next, and leaves it to the worker's report to answer the task token.
 * Answers the token itself when there is nothing to run (any more). A command that is claimed already is never run
 * again: while its worker lives and has time, this step only waits for it; after that it ends as interrupted.
 */
export async function dispatch(app: App, step: TokenStep): Promise<void> {
  const { tenant, run, generation, loop, token, told } = step;
  await app.tokens.forTenant(tenant).put({ run, generation, loop, token, told });
  const state = await app.runs.load(tenant, run);
  const directive = decide(state);
  const claimed = directive.kind === 'command' ? state.open[directive.operation] : undefined;
  if (state.generation !== generation || directive.kind !== 'command' || state.answered > told) {
    await app.engine.succeed(token);
  } else if (!claimed?.worker) {
    if (!(await launch(app, step, directive))) await app.engine.succeed(token);
  } else if (!(await isAtWork(app, claimed, directive))) {
    await interruptClaims(app, state, 'Its worker died or ran out of time');
    await app.engine.succeed(token);
  }
}

async function isAtWork(
  app: App,
  { worker, startedAt }: OpenOperation,
  { timeoutMs }: Command,
): Promise<boolean> {
  const until = Date.parse(startedAt ?? '') + timeoutMs + reportGraceMs;
  return worker !== undefined && app.clock.now() < until && (await app.launcher.alive(worker));
}

/** Launches a worker. A command that nobody here can run has its outcome at once: then there is nothing to wait for. */
async function launch(app: App, step: TokenStep, command: Command): Promise<boolean> {
  const { tenant, run, generation, loop } = step;
  const { operation, place, timeoutMs } = command;
  const lifetime = Math.min(timeoutMs, limits.commandTimeoutMs.max) + reportGraceMs;
  const expiresAt = app.clock.now() + lifetime;
  const ticket = await app.tickets.issue({ tenant, run, operation, generation, expiresAt });
  try {
    const attempt = `${generation}-${loop}`;
    await app.launcher.launch({ tenant, run, operation, place, ticket, timeoutMs, attempt });
    return true;
  } catch (error) {
    if (!isTandemError(error, 'limit.exceeded')) throw error;
    await refuse(app, step, { operation, error: failure(error.code, error.message) });
    return false;
  }
}

interface Refusal {
  readonly operation: number;
  readonly error: Failure;
}

async function refuse(app: App, { tenant, run }: TokenStep, { operation, error }: Refusal): Promise<void> {
  await app.runs.update(tenant, run, (now) =>
    now.end || now.open[operation] === undefined || now.open[operation].worker
      ? []
      : [
          {
            type: 'operation.completed',
            by: 'system',
            payload: { operation, outcome: { ok: false, error } },
          },
        ],
  );
}
