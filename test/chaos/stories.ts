import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from '../../shared/protocol/runs.ts';
import type { Act, StartedRun } from './evidence.ts';
import type { Moments } from './moments.ts';
import type { PatientClient } from './patient-client.ts';
import { Person } from './person.ts';
import type { PlannedRun } from './plan-runs.ts';

export interface StoriesOptions {
  readonly client: PatientClient;
  readonly moments: Moments;
  readonly complain: (complaint: string) => void;
}

/** Starts runs and stays with each of them until it has ended. */
export class Stories {
  readonly started: StartedRun[] = [];
  readonly acts: Act[] = [];
  begun = 0;
  done = 0;
  readonly #options: StoriesOptions;
  readonly #stories: Promise<void>[] = [];

  constructor(options: StoriesOptions) {
    this.#options = options;
  }

  /** `ready`: before that there is nothing to be started. */
  begin(planned: readonly PlannedRun[], ready: Promise<void>): void {
    this.begun += planned.length;
    for (const its of planned) {
      const story = ready.then(() => this.#tell(its));
      this.#stories.push(story.catch((error) => this.#options.complain(`${its.shape}: ${error}`)));
    }
  }

  /** Resolves when every run that was begun has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#stories);
  }

  async #tell(its: PlannedRun): Promise<void> {
    const { client, moments } = this.#options;
    const { shape, plan } = its;
    await pause(its.delayMs);
    const [run, twin] = await Promise.all([this.#start(its), its.twice ? this.#start(its) : undefined]);
    this.started.push({ run, shape, expected: plan.expected });
    moments.happened('accepted');
    const person = new Person({ client, moments, acts: this.acts, run });
    await Promise.all([plan.person?.(person), this.#untilEnded(run)]);
    for (const other of [twin ?? run, await this.#start(its)]) {
      if (other !== run) throw new Error(`Asked again, ${run} was started as ${other}`);
    }
    this.done += 1;
  }

  /** Starts a run, or is told which one has been started by the same request before. */
  async #start({ plan, version, key }: PlannedRun): Promise<string> {
    const body = { agent: plan.agent, version, input: plan.input };
    const { status, data } = await this.#options.client.ask<Run>('POST', '/v1/runs', body, key);
    if (status !== 202 || !data) throw new Error(`It was not started: ${status}`);
    return data.run;
  }

  async #untilEnded(run: string): Promise<void> {
    for (;;) {
      const { status, data } = await this.#options.client.ask<Run>('GET', `/v1/runs/${run}?wait=20`);
      if (!data) throw new Error(`${run} is answered with ${status}`);
      if (data.endedAt !== undefined) return;
    }
  }
}
