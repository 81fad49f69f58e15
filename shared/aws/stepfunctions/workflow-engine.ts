import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { JsonObject } from '../../domain/json.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { ExecutionState, WorkflowEngine } from '../../ports/workflow-engine.ts';
import { failureOf, serviceError } from '../sdk/service-error.ts';
import { stateOf } from './execution-state.ts';
import { isNamed, namesNobody } from './refusals.ts';

export interface StepFunctionsEngineOptions {
  readonly client: Pick<SFNClient, 'send'>;
  /** The ARN of the run machine, or of an alias or version of it. */
  readonly machine: string;
  /** Pauses, in milliseconds, after each of which a token that was answered is heard of again; by default it never is. */
  readonly reminders?: readonly number[];
}

/**
 * For LocalStack. It loses an answer that comes before the function that was given the token has returned, where the state
 * has a heartbeat, until it hears of the token after that.
 */
export const localstackReminders = [300, 1_000, 3_000] as const;

/** The longest that Step Functions takes, in characters. */
const longest = { error: 256, cause: 32_768 } as const;

/** Runs carried by Step Functions, or by whatever speaks its API. */
export class StepFunctionsEngine implements WorkflowEngine {
  readonly #client: Pick<SFNClient, 'send'>;
  readonly #machine: string;
  readonly #reminders: readonly number[];

  constructor({ client, machine, reminders = [] }: StepFunctionsEngineOptions) {
    this.#client = client;
    this.#machine = machine;
    this.#reminders = reminders;
  }

  /** One of that name and input that runs counts as started: the service does not tell them apart. */
  async start(name: string, input: JsonObject): Promise<'started' | 'running' | 'closed'> {
    const asked = { stateMachineArn: this.#machine, name, input: JSON.stringify(input) };
    const started = await this.#ask(
      () => this.#client.send(new StartExecutionCommand(asked)),
      ['ExecutionAlreadyExists'],
    );
    if (started !== undefined) return 'started';
    const { status } = await this.describe(name);
    if (status !== 'absent') return status;
    // Descriptions may lag behind: whoever asks again is told.
    throw new TandemError('engine.unavailable', { message: `${name} exists, and is not to be found yet.` });
  }

  async describe(name: string): Promise<ExecutionState> {
    const executionArn = executionArnOf(this.#machine, name);
    const described = await this.#ask(
      () => this.#client.send(new DescribeExecutionCommand({ executionArn })),
      ['ExecutionDoesNotExist'],
    );
    return stateOf(described);
  }

  succeed(token: string): Promise<'accepted' | 'gone'> {
    return this.#answer(token, () =>
      this.#client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' })),
    );
  }

  fail(token: string, error: string, cause: string): Promise<'accepted' | 'gone'> {
    const said = { error: error.slice(0, longest.error), cause: cause.slice(0, longest.cause) };
    return this.#answer(token, () =>
      this.#client.send(new SendTaskFailureCommand({ taskToken: token, ...said })),
    );
  }

  async heartbeat(token: string): Promise<'accepted' | 'gone'> {
    const taken = await this.#ask(
      () => this.#client.send(new SendTaskHeartbeatCommand({ taskToken: token })),
      namesNobody,
    );
    return taken === undefined ? 'gone' : 'accepted';
  }

  /** Step Functions keeps a closed execution for 90 days and lets nobody remove it; its input holds ids only (rule 5). */
  async forget(): Promise<void> {}

  async stop(name: string, cause: string): Promise<void> {
    const executionArn = executionArnOf(this.#machine, name);
    const asked = { executionArn, cause: cause.slice(0, longest.cause) };
    await this.#ask(() => this.#client.send(new StopExecutionCommand(asked)), ['ExecutionDoesNotExist']);
  }

  async #answer(token: string, send: () => Promise<unknown>): Promise<'accepted' | 'gone'> {
    if ((await this.#ask(send, namesNobody)) === undefined) return 'gone';
    if (this.#reminders.length > 0) void this.#remind(token);
    return 'accepted';
  }

  /** Not waited for: it may be the very function on whose return the answer waits that is answering. */
  async #remind(token: string): Promise<void> {
    for (const ms of this.#reminders) {
      await pause(ms, undefined, { ref: false });
      await this.heartbeat(token).catch(() => undefined);
    }
  }

  /** What was answered; `undefined` for a refusal of one of these names. */
  async #ask<T>(send: () => Promise<T>, refusals: readonly string[]): Promise<T | undefined> {
    try {
      return await send();
    } catch (error) {
      if (isNamed(error, refusals)) return undefined;
      if (failureOf(error) !== 'unavailable') throw serviceError(error, `the state machine ${this.#machine}`);
      throw new TandemError('engine.unavailable', { cause: error });
    }
  }
}

/** Executions are named after the machine, whichever alias or version of it started them. */
export function executionArnOf(machine: string, name: string): string {
  const [arn, partition, service, region, account, , machineName] = machine.split(':');
  return [arn, partition, service, region, account, 'execution', machineName, name].join(':');
}
