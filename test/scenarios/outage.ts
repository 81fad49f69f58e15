import { it } from 'node:test';
import { Slots } from '../../local/slots.ts';

/** What a scenario does around an outage. */
interface Around {
  /** Right before it, together with other scenarios: begins what is to be cut in the middle. */
  readonly before?: () => Promise<void>;
  /** While nothing runs, such as opening a door again. */
  readonly meanwhile?: () => Promise<void>;
}

/** Lets the deployment fail once every scenario beside this one has come to its own point of failure, and come back. */
export type Fail = (around?: Around) => Promise<void>;

interface Waiting {
  readonly around: Around;
  readonly goOn: () => void;
  readonly giveUp: (reason: unknown) => void;
}

/**
 * An outage that several scenarios share: each runs up to where the deployment is to fail, so many of them side by side, and
 * all go on from there. A deployment takes its time to come back, and every scenario for itself would take it again.
 * Scenarios are added in a suite with `concurrency: true`; one that fails early is waited for no more.
 */
export class Outage {
  readonly #fail: (meanwhile: () => Promise<void>) => Promise<void>;
  readonly #preparing: Slots;
  readonly #waiting: Waiting[] = [];
  #active = 0;

  /**
   * @param width how many scenarios prepare side by side
   * @param fail ends the deployment, calls what is to be done meanwhile, and starts it again
   */
  constructor(width: number, fail: (meanwhile: () => Promise<void>) => Promise<void>) {
    this.#preparing = new Slots(width);
    this.#fail = fail;
  }

  /** A scenario that the outage cuts, as often as it asks for it. */
  it(name: string, scenario: (fail: Fail) => Promise<void>): void {
    this.#active += 1;
    it(name, async () => {
      try {
        await this.#run(scenario);
      } finally {
        this.#active -= 1;
        this.#failIfAllWait();
      }
    });
  }

  /** Others have its slot as soon as it waits for the outage. */
  async #run(scenario: (fail: Fail) => Promise<void>): Promise<void> {
    const arrived = Promise.withResolvers<void>();
    let whole: Promise<void> | undefined;
    await this.#preparing.use(() => {
      whole = scenario((around = {}) => {
        arrived.resolve();
        return this.#arrive(around);
      });
      return Promise.race([arrived.promise, whole]);
    });
    await whole;
  }

  #arrive(around: Around): Promise<void> {
    return new Promise((goOn, giveUp) => {
      this.#waiting.push({ around, goOn, giveUp });
      this.#failIfAllWait();
    });
  }

  #failIfAllWait(): void {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#active) return;
    void this.#failFor(this.#waiting.splice(0));
  }

  async #failFor(waiting: readonly Waiting[]): Promise<void> {
    try {
      await Promise.all(waiting.map(({ around }) => around.before?.()));
      await this.#fail(async () => {
        for (const { around } of waiting) await around.meanwhile?.();
      });
      for (const { goOn } of waiting) goOn();
    } catch (error) {
      for (const { giveUp } of waiting) giveUp(error);
    }
  }
}
