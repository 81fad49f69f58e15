import type { TestContext } from 'node:test';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SeededIds } from '../../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import { createApiHandler } from '../api/handler.ts';
import { listen } from '../api/listen.ts';
import { StepFunctions, type StepFunctionsOptions } from '../engine.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import { ScriptedFunction } from './scripted.ts';

/** A server on a virtual clock, as an SDK sees it. */
export interface Service {
  readonly client: SFNClient;
  readonly url: string;
  readonly clock: VirtualClock;
  readonly stepFunctions: StepFunctions;
  /** Task tokens, in the order in which the function `keeper` was given them. */
  readonly tokens: string[];
  /** Failures that are the service's own. */
  readonly failures: unknown[];
}

export async function serve(
  context: TestContext,
  options: Partial<StepFunctionsOptions> = {},
): Promise<Service> {
  const clock = new VirtualClock();
  const tokens: string[] = [];
  const keeper = new ScriptedFunction((event) => {
    tokens.push((event as { token: string }).token);
  });
  const ids = new SeededIds(1, clock);
  const stepFunctions = new StepFunctions({ journal: createMemoryJournal(), clock, ids, ...options });
  await stepFunctions.open({ keeper });
  const failures: unknown[] = [];
  const onError = (error: unknown): void => void failures.push(error);
  const server = await listen(createApiHandler(stepFunctions, { onError }));
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    // Otherwise StartSyncExecution goes to `sync-127.0.0.1`.
    disableHostPrefix: true,
  });
  context.after(async () => {
    client.destroy();
    await server.close();
    await stepFunctions.close();
  });
  return { client, url: server.url, clock, stepFunctions, tokens, failures };
}

/** The ARN of a machine, an execution or an activity of the server: `arn('stateMachine:m')`. */
export const arn = (resource: string): string => `arn:aws:states:us-east-1:000000000000:${resource}`;

export const roleArn = 'arn:aws:iam::000000000000:role/test';

export const passing = (result: string): string =>
  JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', Result: result, End: true } } });

/** Keeps its executions running until their task token is answered. */
export const waiting = JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'keeper', Payload: { 'token.$': '$$.Task.Token' } },
      TimeoutSeconds: 600,
      HeartbeatSeconds: 60,
      End: true,
    },
  },
});

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
