import type { Api } from '../../shared/application/api.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import type { Json } from '../../shared/domain/json.ts';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { caller, type World } from './world.ts';

/** Who waits for hours looks every so often. */
const longestPauseMs = 30_000;

/** Somebody outside who wants something, and asks until it is acknowledged. */
export class Client {
  readonly name: string;
  readonly #world: World;
  readonly #pauseMs: number;

  /** `pauseMs`: between two looks or attempts. */
  constructor(world: World, { name = 'ann', pauseMs = 2_000 } = {}) {
    this.name = name;
    this.#world = world;
    this.#pauseMs = pauseMs;
  }

  /** Asks again after every failure that is not the client's own. */
  async insist<T>(ask: (api: Api) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#world.request(ask);
      } catch (error) {
        if (isTandemError(error) && error.status < 500) throw error;
        await this.#world.sleep(this.#pauseMs);
      }
    }
  }

  async start(agent: string, input: Json, key: string): Promise<string> {
    const idempotency = { key, body: key };
    const { run } = await this.insist((api) => api.startRun(caller, { agent, input, idempotency }));
    this.#world.witness.starts.push(run.run);
    return run.run;
  }

  /** Looks, less and less often, until `found` says what it waited for, or the run has ended. */
  async see<T>(run: string, found: (api: Api) => Promise<T | undefined>): Promise<T | undefined> {
    for (let pauseMs = this.#pauseMs; ; pauseMs = Math.min(pauseMs * 1.2, longestPauseMs)) {
      const seen = await this.insist(found);
      if (seen !== undefined) return seen;
      const { status } = await this.insist((api) => api.getRun(caller, run));
      if (['succeeded', 'failed', 'cancelled'].includes(status)) return undefined;
      await this.#world.sleep(pauseMs);
    }
  }

  /** Decides the next approval that the run asks for. */
  async decide(run: string, decision: 'approved' | 'denied'): Promise<void> {
    const approval = await this.see(run, async (api) => {
      const { items } = await api.listApprovals(caller, { run, status: 'pending' });
      return items[0]?.approval;
    });
    if (approval === undefined) return;
    try {
      await this.insist((api) => api.decideApproval(caller, approval, { decision }));
      this.#world.witness.decisions.push({ run, approval, decision });
    } catch (error) {
      // Decided by an attempt whose answer was lost, expired, or the run was cancelled meanwhile.
      if (!isTandemError(error) || error.status !== 409) throw error;
    }
  }

  /** Sends a signal, and looks into the log before it sends it again. */
  async signal(run: string, name: string, payload: Json): Promise<void> {
    try {
      await this.insist(async (api) => {
        if (!(await hasSignal(api, run, payload))) await api.signalRun(caller, run, { name, payload });
      });
      this.#world.witness.signals.push({ run, payload });
    } catch (error) {
      if (!isTandemError(error, 'run.ended')) throw error;
    }
  }

  async cancel(run: string): Promise<void> {
    await this.#unlessEnded(run, (api) => api.cancelRun(caller, run, { reason: 'enough' }));
    this.#world.witness.cancels.push(run);
  }

  async pauseFor(run: string, ms: number): Promise<void> {
    await this.#unlessEnded(run, (api) => api.pauseRun(caller, run, {}));
    await this.#world.sleep(ms);
    await this.#unlessEnded(run, (api) => api.resumeRun(caller, run, {}));
  }

  async #unlessEnded(_run: string, ask: (api: Api) => Promise<unknown>): Promise<void> {
    await this.insist(ask).catch((error: unknown) => {
      if (!isTandemError(error, 'run.ended')) throw error;
    });
  }
}

async function hasSignal(api: Api, run: string, payload: Json): Promise<boolean> {
  const { events } = await api.readEvents(caller, run, { after: 0, limit: 1_000, waitMs: 0 });
  return events.some(
    (event: RunEvent) => event.type === 'signal.received' && event.payload.payload === payload,
  );
}
