import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { RunWait, RunWatch } from '../ports/run-watch.ts';

export interface PollingRunWatchOptions {
  readonly log: Pick<EventLog, 'forTenant'>;
  readonly auditLog: Pick<AuditLog, 'forTenant'>;
  /** What stands in the place of a run where a tenant's audit log is waited for. */
  readonly audit: string;
  readonly clock: Clock;
  /** Between two looks, in milliseconds: the first pause, which doubles up to the longest. */
  readonly pauses?: { readonly first: number; readonly longest: number };
}

/** A run that is waited for has often just been started: a few early looks, then two a second for each who waits. */
const usual = { first: 50, longest: 500 } as const;

/** What is known of a run's log. */
interface Known {
  readonly seq: number;
  readonly ended: boolean;
}

/**
 * Waits for runs whose log others write, in processes that know nothing of each other, by looking at its head. A look that
 * fails is none: the next one may succeed, and who waits too long is answered all the same.
 */
export class PollingRunWatch implements RunWatch {
  readonly #options: PollingRunWatchOptions;

  constructor(options: PollingRunWatchOptions) {
    this.#options = options;
  }

  /** Whoever waits looks for themselves. */
  appended(): void {}

  beyond(tenant: string, run: string, wait: RunWait & { readonly after: number }): Promise<void> {
    return this.#poll(tenant, run, ({ seq }) => seq > wait.after, wait);
  }

  ended(tenant: string, run: string, wait: RunWait): Promise<void> {
    return this.#poll(tenant, run, ({ ended }) => ended, wait);
  }

  async #poll(
    tenant: string,
    run: string,
    reached: (known: Known) => boolean,
    { timeoutMs, signal }: RunWait,
  ): Promise<void> {
    const { clock, pauses = usual } = this.#options;
    const end = clock.now() + timeoutMs;
    // Whoever waits has just read the log: the first look comes after the first pause.
    for (let pause = pauses.first; ; pause = Math.min(pause * 2, pauses.longest)) {
      const left = end - clock.now();
      if (left <= 0 || signal?.aborted) return;
      await this.#pause(Math.min(pause, left), signal);
      if (signal?.aborted) return;
      const known = await this.#look(tenant, run);
      if (known !== undefined && reached(known)) return;
    }
  }

  async #look(tenant: string, run: string): Promise<Known | undefined> {
    const { log, auditLog, audit } = this.#options;
    try {
      if (run === audit) return withoutEnd(await auditLog.forTenant(tenant).head());
      const head = await log.forTenant(tenant).head(run);
      // A head is signed when its run ends.
      return head && { seq: head.seq, ended: head.signature !== undefined };
    } catch {
      return undefined;
    }
  }

  #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const done = () => {
        callOff();
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const callOff = clock.at(clock.now() + ms, done);
      signal?.addEventListener('abort', done);
    });
  }
}

const withoutEnd = (head: { readonly seq: number } | undefined): Known | undefined =>
  head && { seq: head.seq, ended: false };
