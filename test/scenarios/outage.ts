import { it } from 'node:test';

/** What a scenario does while nothing runs, such as opening a door again. */
type Meanwhile = () => Promise<void>;

/** Lets the deployment fail once every scenario beside this one has come to its own point of failure, and come back. */
export type Fail = (meanwhile?: Meanwhile) => Promise<void>;

interface Waiting {
  readonly meanwhile: Meanwhile | undefined;
  readonly goOn: () => void;
  readonly giveUp: (reason: unknown) => void;
}

/**
 * An outage that several scenarios share: they run side by side, each up to where the deployment is to fail, and on from
 * there. A deployment takes its time to come back, and every scenario for itself would take it again. Scenarios are added
 * in a suite with `concurrency: true`; one that fails early is waited for no more.
 */
export class Outage {
  readonly #fail: (meanwhile: Meanwhile) => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #active = 0;

  /** `fail`: ends the deployment, calls what is to be done meanwhile, and starts it again. */
  constructor(fail: (meanwhile: Meanwhile) => Promise<void>) {
    this.#fail = fail;
  }

  /** A scenario that the outage cuts, as often as it asks for it. */
  it(name: string, scenario: (fail: Fail) => Promise<void>): void {
    this.#active += 1;
    it(name, async () => {
      try {
        await scenario((meanwhile) => this.#arrive(meanwhile));
      } finally {
        this.#active -= 1;
        this.#failIfAllWait();
      }
    });
  }

  #arrive(meanwhile: Meanwhile | undefined): Promise<void> {
    return new Promise((goOn, giveUp) => {
      this.#waiting.push({ meanwhile, goOn, giveUp });
      this.#failIfAllWait();
    });
  }

  #failIfAllWait(): void {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#active) return;
    void this.#failFor(this.#waiting.splice(0));
  }

  async #failFor(waiting: readonly Waiting[]): Promise<void> {
    try {
      await this.#fail(async () => {
        for (const { meanwhile } of waiting) await meanwhile?.();
      });
      for (const { goOn } of waiting) goOn();
    } catch (error) {
      for (const { giveUp } of waiting) giveUp(error);
    }
  }
}
