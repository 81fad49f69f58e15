import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { activityArn, defaultPlace, executionArn } from '../../../local/stepfunctions/arns.ts';
import { StatesClient, StatesError } from '../../support/states-client.ts';
import { Dice } from '../dice.ts';
import { type Kill, planKills, untilKill } from '../kills.ts';
import { Moments } from '../moments.ts';
import { Supervisor } from '../supervisor.ts';
import type { EngineEvidence, FoundEvent, FoundExecution, StartedExecution } from './evidence.ts';
import { PatientStates } from './patient-states.ts';
import { type PlannedExecution, planExecutions } from './plan.ts';
import { Workers } from './workers.ts';

export interface EngineChaosOptions {
  readonly executions: number;
  readonly kills: number;
  readonly seed: number;
  /** A folder of its own. */
  readonly folder: string;
  readonly port: number;
  readonly progress: (text: string) => void;
  readonly stop: AbortSignal;
}

export interface EngineChaos {
  readonly evidence: EngineEvidence;
  /** Requests whose answer was lost. */
  readonly lost: number;
  /** Answers to tokens that came too late. */
  readonly refused: number;
}

/** How long everything may take to come to an end after the last kill, in milliseconds. */
const settleMs = 60_000;
const activity = 'work';

/** Runs random executions in an engine of their own, which is killed again and again. */
export async function runEngineChaos(options: EngineChaosOptions): Promise<EngineChaos> {
  const complaints: string[] = [];
  const moments = new Moments();
  const complain = (complaint: string): void => void complaints.push(complaint);
  const workers = new Workers({ seed: options.seed, moments, complain });
  const env = await workers.open();
  const server = { command: 'stepfunctions', port: options.port, env } as const;
  const data = join(options.folder, 'engine');
  const supervisor = new Supervisor(data, server, (up) => new StatesClient(up));
  const client = new PatientStates({ up: supervisor.up, complain });
  workers.answerThrough(client);
  const aborted = new Promise<never>((_, reject) =>
    options.stop.addEventListener('abort', () => reject(options.stop.reason)),
  );
  try {
    const played = new Play({ ...options, supervisor, client, moments, workers, complain }).play();
    const { started, found } = await Promise.race([played, supervisor.crashed, aborted]);
    supervisor.giveUp();
    await supervisor.stop();
    const log = readFileSync(supervisor.log, 'utf8').trim();
    if (log !== '') complain(`The server's log says: ${log.slice(0, 2_000)}`);
    const { called, acknowledged, refused } = workers;
    const evidence = { lives: supervisor.lives, started, found, called, acknowledged, complaints };
    return { evidence, lost: client.lost, refused };
  } finally {
    supervisor.giveUp();
    await supervisor.stop();
    await workers.close();
  }
}

interface PlayOptions extends EngineChaosOptions {
  readonly supervisor: Supervisor<StatesClient>;
  readonly client: PatientStates;
  readonly moments: Moments;
  readonly workers: Workers;
  readonly complain: (complaint: string) => void;
}

class Play {
  readonly #options: PlayOptions;
  readonly #started: StartedExecution[] = [];
  readonly #starts: Promise<void>[] = [];

  constructor(options: PlayOptions) {
    this.#options = options;
  }

  async play(): Promise<Pick<EngineEvidence, 'started' | 'found'>> {
    const { kills, executions, seed, client, workers, progress } = this.#options;
    const phases = ['boot', 'risen', 'accept', 'act', 'any', 'stop'] as const;
    const planned = planKills(kills, new Dice(seed, 'engine kills'), phases);
    const arn = activityArn(defaultPlace, activity);
    const lives = planExecutions({ executions, lives: kills + 1, seed, activity: arn });
    const ready = client.call('CreateActivity', { name: activity }).then(() => workers.workFor(arn));
    for (const [index, starts] of lives.entries()) {
      for (const each of starts) this.#starts.push(ready.then(() => this.#start(each)));
      await this.#live(planned[index]);
      progress(
        `engine: ${index + 1} of ${lives.length} lives, ${this.#started.length} executions acknowledged`,
      );
    }
    await Promise.all(this.#starts);
    return { started: this.#started, found: await this.#found() };
  }

  /** Starts the server and kills it as planned; without a plan it stays. */
  async #live(kill: Kill | undefined): Promise<void> {
    const { supervisor, moments } = this.#options;
    const starting = supervisor.start();
    if (kill?.phase === 'boot') {
      await pause(kill.leaveMs);
      await supervisor.kill(supervisor.life.readyAt === undefined ? 'boot' : 'any');
      await starting;
      return;
    }
    await starting;
    if (kill === undefined) return;
    const phase = await untilKill(kill, { moments });
    await supervisor.kill(phase, phase === 'stop' ? kill.afterMs + 1 : 0);
  }

  async #start({ name, definition, input, delayMs, outcome }: PlannedExecution): Promise<void> {
    const { client, moments, complain } = this.#options;
    await pause(delayMs);
    const roleArn = 'arn:aws:iam::000000000000:role/chaos';
    try {
      const machine = { name, definition, roleArn };
      const { stateMachineArn } = await client.call<{ stateMachineArn: string }>(
        'CreateStateMachine',
        machine,
      );
      const asked = { stateMachineArn, name, input: String(input) };
      // One that is over already was started by a request whose answer was lost.
      await client.call('StartExecution', asked).catch((error: unknown) => {
        if (!(error instanceof StatesError) || error.code !== 'ExecutionAlreadyExists') throw error;
      });
      this.#started.push({ name, expected: String(outcome(input)) });
      moments.happened('accepted');
    } catch (error) {
      complain(`${name} was not started: ${error}`);
    }
  }

  /** Waits until every execution has ended, or for long enough, and reads them. */
  async #found(): Promise<ReadonlyMap<string, FoundExecution>> {
    const until = performance.now() + settleMs;
    const found = new Map<string, FoundExecution>();
    for (const { name } of this.#started) {
      const execution = await this.#ended(executionArn(defaultPlace, name, name), until);
      if (execution !== undefined) found.set(name, execution);
    }
    return found;
  }

  async #ended(executionArnOf: string, until: number): Promise<FoundExecution | undefined> {
    const { client } = this.#options;
    const asked = { executionArn: executionArnOf };
    for (;;) {
      const described = await client
        .call<{ status: string; output?: string }>('DescribeExecution', asked)
        .catch((error: unknown) => {
          if (error instanceof StatesError) return undefined;
          throw error;
        });
      if (described === undefined) return undefined;
      if (described.status !== 'RUNNING' || performance.now() > until) {
        return { ...described, events: await this.#history(executionArnOf) };
      }
      await pause(50);
    }
  }

  async #history(executionArnOf: string): Promise<readonly FoundEvent[]> {
    const found: FoundEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page: { events: FoundEvent[]; nextToken?: string } = await this.#options.client.call(
        'GetExecutionHistory',
        { executionArn: executionArnOf, ...(nextToken === undefined ? {} : { nextToken }) },
      );
      found.push(...page.events);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return found;
  }
}
