import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from '../../domain/events.ts';
import { endOfLife } from '../../domain/function-life.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Launch, TaskLauncher } from '../../ports/task-launcher.ts';
import type { SpaceEvent } from '../../protocol/space-function.ts';
import { type Invoker, invoke } from './invoke.ts';

export interface FunctionLauncherOptions {
  readonly client: Invoker;
  /** Of the function `space`. */
  readonly functionName: string;
  /** Whether the function keeps tenants apart: then each space has environments of its own. */
  readonly tenancy: boolean;
  /** Where `POST /v1/report` is, in full. */
  readonly report: string;
  readonly clock: Clock;
  /** The longest command that fits into the function's own timeout, in milliseconds; default 13 minutes. */
  readonly longestMs?: number;
  /** How long `stop` waits for the end of a worker's life before it says that it is not certain; default 8,000 ms. */
  readonly patienceMs?: number;
}

/**
 * Runs commands in a Lambda function. Nobody can kill an invocation: a worker that is not wanted any more hears it at its
 * next heartbeat, kills its command and says so; one that says nothing is dead for certain when the time of its function is
 * over, which it named when it claimed.
 */
export class FunctionLauncher implements TaskLauncher {
  readonly isolation = 'function';
  readonly kinds = ['function'] as const;
  readonly #options: FunctionLauncherOptions;

  constructor(options: FunctionLauncherOptions) {
    this.#options = options;
  }

  async launch(launch: Launch): Promise<void> {
    const { client, functionName, tenancy, report, longestMs = 13 * 60_000 } = this.#options;
    const { run, operation, ticket, timeoutMs } = launch;
    if (timeoutMs > longestMs) {
      throw new TandemError('limit.exceeded', {
        message: `A command may take ${longestMs / 60_000} minutes here: tasks for longer ones are not set up.`,
      });
    }
    const payload: SpaceEvent = { report, ticket, operation: `${run}-${operation}` };
    const tenantId = tenancy ? spaceOf(launch) : undefined;
    await invoke(client, { functionName, tenantId, type: 'Event', payload });
  }

  async stop(worker: Worker): Promise<void> {
    const { clock, patienceMs = 8_000 } = this.#options;
    const until = endOfLife(worker.started) ?? Number.POSITIVE_INFINITY;
    const patience = clock.now() + patienceMs;
    if (until <= patience) {
      await pause(Math.max(0, until - clock.now()));
      return;
    }
    await pause(patienceMs);
    throw new TandemError('space.unavailable', {
      message: `The worker ${worker.id} may be at work until ${new Date(until).toISOString()}.`,
    });
  }

  async alive({ kind, started }: Worker): Promise<boolean> {
    const until = endOfLife(started);
    return kind === 'function' && until !== undefined && this.#options.clock.now() < until;
  }

  /**
   * Nobody can tell: what was accepted is not listed anywhere. Another launch costs one refused claim, and nobody asks
   * before a function has had time enough to start.
   */
  async launched(): Promise<boolean> {
    return false;
  }
}

/** A space is that of a run. */
function spaceOf({ tenant, run }: Launch): string {
  return `${tenant}/${run}`;
}
