import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Asked } from '../../../local/stepfunctions/testing/blueprint.ts';
import { type FakeQueue, fakeQueue } from '../../support/fake-queue.ts';
import { StatesError } from '../../support/states-client.ts';
import { Dice } from '../dice.ts';
import type { Moments } from '../moments.ts';
import type { PatientStates } from './patient-states.ts';

/** An answer to a task token that the server has acknowledged. */
export interface Acknowledged {
  readonly execution: string;
  /** In the answer, and nowhere else. */
  readonly mark: string;
}

export interface WorkersOptions {
  readonly seed: number;
  readonly moments: Moments;
  readonly complain: (complaint: string) => void;
}

/** How many workers an activity has. */
const width = 3;
/** A worker thinks so long at most, in milliseconds. */
const thinkingMs = 800;

/** What an answer may be refused with that comes too late, or twice as the first was lost. */
const late: readonly string[] = ['TaskTimedOut', 'TaskDoesNotExist'];

/** Everything that tasks call. It outlives the servers, and remembers what it was asked. */
export class Workers {
  /** Keys of the attempts whose function was called. */
  readonly called: string[] = [];
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that came when their attempt was over. */
  refused = 0;
  readonly #options: WorkersOptions;
  readonly #functions: Server;
  #queue: FakeQueue | undefined;
  #client: PatientStates | undefined;

  constructor(options: WorkersOptions) {
    this.#options = options;
    this.#functions = createServer((request, response) => void this.#invoke(request, response));
  }

  /** Variables that lead an engine here. */
  async open(): Promise<Readonly<Record<string, string>>> {
    this.#queue = await fakeQueue((body) => void this.#answer(JSON.parse(body) as Asked));
    this.#functions.listen(0, '127.0.0.1');
    await once(this.#functions, 'listening');
    const { port } = this.#functions.address() as AddressInfo;
    return { AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`, AWS_ENDPOINT_URL_SQS: this.#queue.url };
  }

  /** Answers tokens from now on. */
  answerThrough(client: PatientStates): void {
    this.#client = client;
  }

  /** Works for an activity until nobody is there any longer. */
  workFor(activityArn: string): void {
    for (let worker = 0; worker < width; worker += 1) void this.#work(activityArn, `worker-${worker}`);
  }

  async close(): Promise<void> {
    this.#functions.closeAllConnections();
    this.#functions.close();
    await this.#queue?.close();
  }

  /** The function: fails as often as it is told, then adds one. */
  async #invoke(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { key, n, attempt, failures } = JSON.parse(await text(request)) as Asked;
    this.called.push(key);
    await pause(new Dice(this.#options.seed, key).between(0, 200));
    if (attempt >= failures) {
      response.end(JSON.stringify({ n: n + 1 }));
      return;
    }
    response.setHeader('x-amz-function-error', 'Unhandled');
    response.end(JSON.stringify({ errorType: 'Again', errorMessage: key }));
  }

  async #work(activityArn: string, workerName: string): Promise<void> {
    const client = this.#client;
    try {
      while (client !== undefined) {
        const task = await client.call<{ taskToken?: string; input?: string }>('GetActivityTask', {
          activityArn,
          workerName,
        });
        const { taskToken: token, input = '' } = task;
        if (token) await this.#answer({ ...(JSON.parse(input) as Asked), token });
      }
    } catch (error) {
      if (error instanceof StatesError) this.#options.complain(`GetActivityTask: ${error.message}`);
    }
  }

  async #answer({ execution, key, n, token }: Asked): Promise<void> {
    const { seed, moments, complain } = this.#options;
    await pause(new Dice(seed, key).between(0, thinkingMs));
    const mark = `${key}:${token}`;
    try {
      const output = JSON.stringify({ n: n + 1, mark });
      await this.#client?.call('SendTaskSuccess', { taskToken: token, output });
      this.acknowledged.push({ execution, mark });
      moments.happened('acted');
    } catch (error) {
      if (!(error instanceof StatesError)) return;
      if (late.includes(error.code)) this.refused += 1;
      else complain(`SendTaskSuccess: ${error.message}`);
    }
  }
}
