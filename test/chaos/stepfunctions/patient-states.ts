import { setTimeout as pause } from 'node:timers/promises';
import { type StatesClient, StatesError } from '../../support/states-client.ts';

export interface PatientStatesOptions {
  /** Resolves with a client of the server as soon as it is up; rejects when nobody waits for it any longer. */
  readonly up: () => Promise<StatesClient>;
  /** Told of answers that no client should ever get. */
  readonly complain: (complaint: string) => void;
}

const againMs = 20;

/** A client that asks again for as long as it takes. */
export class PatientStates {
  readonly #options: PatientStatesOptions;
  /** Requests whose answer was lost. */
  lost = 0;

  constructor(options: PatientStatesOptions) {
    this.#options = options;
  }

  /** Throws `StatesError` for a refusal that is about the request. */
  async call<T>(action: string, input: object): Promise<T> {
    for (;;) {
      const client = await this.#options.up();
      try {
        return await client.call<T>(action, input);
      } catch (error) {
        if (error instanceof StatesError && error.code !== 'ServiceUnavailable') {
          if (error.code === 'InternalServerError') this.#options.complain(`${action}: ${error.message}`);
          throw error;
        }
        this.lost += 1;
      }
      await pause(againMs);
    }
  }
}
