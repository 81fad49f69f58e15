import { it } from 'node:test';
import { Slots } from '../../local/slots.ts';

/** What a scenario does around an outage. */
export interface Around {
  /** Shortly before it, together with others: what takes a moment. */
  readonly before?: () => Promise<void>;
  /** The last thing before it, together with others: what is to be cut in the middle. */
  readonly atLast?: () => Promise<void>;
  /** While nothing runs, or after a restart in good order: such as opening a door again. */
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
 * An outage that several scenarios share. They run up to where the deployment is to fail, only so many at once, and from
 * there all go on together. A deployment takes its time to come back, and every scenario for itself would take it again.
 * Scenarios are added in a suite with `concurrency: true`. One that fails early is waited for no more, and takes no other
 * with it.
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

  /** A test of node:test that the outage cuts. */
  it(name: string, scenario: (fail: Fail) => Promise<void>): void {
    const run = this.cut(scenario);
    it(name, run);
  }

  /** A scenario that the outage cuts, as often as it asks for it; waited for from now on, run when it is called. */
  cut(scenario: (fail: Fail) => Promise<void>): () => Promise<void> {
    this.#active += 1;
    return async () => {
      try {
        await this.#run(scenario);
      } finally {
        this.#active -= 1;
        this.#failIfAllWait();
      }
    };
  }

  /** Others have its slot as soon as it waits for the outage. */
  async #run(scenario: (fail: Fail) => Promise<void>): Promise<void> {
    await this.#preparing.take();
    let prepares = true;
    const prepared = () => {
      if (prepares) this.#preparing.release();
      prepares = false;
    };
    try {
      await scenario((around = {}) => {
        prepared();
        return this.#arrive(around);
      });
    } finally {
      prepared();
    }
  }

  #arrive(around: Around): Promise<void> {
    return new Promise((goOn, giveUp) => {
      this.#waiting.push({ around, goOn, giveUp });
      this.#failIfAllWait();
    });
  }

  #failIfAllWait(): void {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#active) return;
    void this.#failFor(new Set(this.#waiting.splice(0)));
  }

  async #failFor(waiting: Set<Waiting>): Promise<void> {
    const all = async (when: keyof Around) => {
      await Promise.all(
        [...waiting].map(async (one) => {
          try {
            await one.around[when]?.();
          } catch (error) {
            waiting.delete(one);
            one.giveUp(error);
          }
        }),
      );
    };
    try {
      await all('before');
      await all('atLast');
      await this.#fail(() => all('meanwhile'));
      for (const { goOn } of waiting) goOn();
    } catch (error) {
      for (const { giveUp } of waiting) giveUp(error);
    }
  }
}
