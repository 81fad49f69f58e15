import type { Live, RunNews } from '../../shared/application/live/live.ts';
import type { Logger } from '../../shared/logging/logger.ts';
import type { News } from '../../shared/ports/news.ts';

interface Parts {
  /** Asked once there is news. */
  readonly live: () => Live;
  readonly connections: { isHeard(tenant: string, run: string): boolean };
  readonly log: Logger;
}

/**
 * News within one process: writers go on at once, and subscribers of one run are told by one after the other, so that a
 * run that hurries on is told of in fewer, larger frames.
 */
export class InProcessNews implements News {
  readonly #parts: Parts;
  /** Last news of the runs whose subscribers are being told. */
  readonly #latest = new Map<string, RunNews>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  appended(tenant: string, run: string, seq: number): undefined {
    if (!this.#parts.connections.isHeard(tenant, run)) return;
    const key = `${run} ${tenant}`;
    const isTelling = this.#latest.has(key);
    this.#latest.set(key, { tenant, run, seq });
    if (!isTelling) void this.#tell(key);
  }

  async #tell(key: string): Promise<void> {
    // Only who has a subscriber needs it.
    const { fanOut } = await import('../../shared/application/live/fan-out.ts');
    for (let told: RunNews | undefined; ; ) {
      const news = this.#latest.get(key);
      if (news === undefined || news === told) break;
      await fanOut(this.#parts.live(), news).catch((error: unknown) =>
        this.#parts.log.warn('Subscribers were not all told', { run: news.run, error }),
      );
      told = news;
    }
    this.#latest.delete(key);
  }
}
