import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { localstackReminders, StepFunctionsEngine } from '../../shared/aws/stepfunctions/workflow-engine.ts';
import definition from '../../state-machines/run/definition.asl.json' with { type: 'json' };
import type { Localstack } from '../support/localstack.ts';
import { zipOf } from '../support/zip.ts';
import type { EngineUnderTest, RunScript } from './workflow-engine-embedded.ts';

const functionName = 'scripted';
const role = 'arn:aws:iam::000000000000:role/test';

/** A function that asks the process of the test what to answer. */
const source = `
export const handler = async (event) => {
  const response = await fetch(process.env.TEST_ADDRESS, { method: 'POST', body: JSON.stringify(event) });
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return JSON.parse(said);
};
`;

interface Called {
  readonly machine: string;
  readonly task: keyof RunScript;
  readonly event: unknown;
}

/** Run machines in LocalStack, whose functions play the scripts of tests. */
export class ScriptedMachines {
  readonly #localstack: Localstack;
  readonly #client: SFNClient;
  readonly #scripts = new Map<string, RunScript>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #calls = 0;
  #opened: Promise<void> | undefined;

  constructor(localstack: Localstack) {
    this.#localstack = localstack;
    this.#client = new SFNClient(localstack.settings);
  }

  /** Creates the one function that stands for all: each task tells it which it is. */
  async #open(): Promise<void> {
    this.#server.listen(0, '0.0.0.0');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const client = new LambdaClient(this.#localstack.settings);
    const variables = { TEST_ADDRESS: `http://host.docker.internal:${port}/` };
    await client.send(
      new CreateFunctionCommand({
        FunctionName: functionName,
        Role: role,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: 60,
        Environment: { Variables: variables },
        Code: { ZipFile: zipOf('index.mjs', source) },
      }),
    );
    const waiting = { client, maxWaitTime: 120, minDelay: 1, maxDelay: 1 };
    await waitUntilFunctionActiveV2(waiting, { FunctionName: functionName });
    client.destroy();
  }

  async close(): Promise<void> {
    this.#client.destroy();
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** A machine of its own for each test, since the names of executions are used up. */
  async make(script: RunScript): Promise<EngineUnderTest> {
    this.#opened ??= this.#open();
    await this.#opened;
    const name = `run-${randomBytes(8).toString('hex')}`;
    this.#scripts.set(name, script);
    const machine = { name, definition: definitionOf(name), roleArn: role };
    const { stateMachineArn = '' } = await this.#client.send(new CreateStateMachineCommand(machine));
    const engine = new StepFunctionsEngine({
      client: this.#client,
      machine: stateMachineArn,
      reminders: localstackReminders,
    });
    return { engine, timeoutSeconds: 10, crash: () => Promise.reject(new Error('It does not come back.')) };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { machine, task, event } = JSON.parse(await text(request)) as Called;
    this.#calls += 1;
    try {
      const answer = await this.#scripts.get(machine)?.[task](event, this.#calls);
      response.end(JSON.stringify(answer ?? null));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  }
}

interface Task {
  readonly Parameters?: { readonly FunctionName: string } & Readonly<Record<string, unknown>>;
}

/** The run machine as it is, but that every task calls the one function and says which it is. */
function definitionOf(machine: string): string {
  const states = Object.entries(definition.States as Readonly<Record<string, Task>>).map(([name, state]) => {
    if (state.Parameters === undefined) return [name, state];
    const { FunctionName, Payload, 'Payload.$': path, ...others } = state.Parameters;
    const task = /^\$\{(\w+)Function\}$/.exec(FunctionName)?.[1]?.toLowerCase();
    const event = Payload === undefined ? { 'event.$': path } : { event: Payload };
    const payload = { machine, task, ...event };
    return [name, { ...state, Parameters: { ...others, FunctionName: functionName, Payload: payload } }];
  });
  return JSON.stringify({ ...definition, States: Object.fromEntries(states) });
}
