import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Json } from '../../../shared/domain/json.ts';
import { activitiesOf, playWorkers } from './activity-workers.ts';
import { compareExecution } from './compare-execution.ts';
import { toldEvent } from './events.ts';
import { mocksOf, stateMachineName, testCase } from './mocks-of.ts';
import { type Session, withServer } from './session.ts';
import type { ExecutionVector } from './vector.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** The longest that an execution may take by the clock on the wall, in milliseconds. */
const longestMs = 5_000;

/** What an execution has ended with. */
export interface Ended {
  readonly status: string | undefined;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

export async function runExecution(vector: ExecutionVector, exact: boolean): Promise<Verdict> {
  const played = new Set(activitiesOf(vector.definition).flatMap(({ states }) => states));
  const mocks = mocksOf(vector, played);
  return await withServer(mocks, async (session) => {
    const { definition, context, stateMachineType: type } = vector;
    const { roleArn } = context;
    const name = stateMachineName(vector);
    const created = await session.client.send(
      new CreateStateMachineCommand({ name, roleArn, type, definition: JSON.stringify(definition) }),
    );
    const mocked = Object.keys(mocks.MockedResponses).length > 0;
    const stateMachineArn = `${created.stateMachineArn}${mocked ? `#${testCase}` : ''}`;
    const input = { stateMachineArn, name: context.executionName, input: JSON.stringify(vector.input) };
    // AWS tells nothing of an asynchronous Express execution but in its logs.
    if (type === 'EXPRESS') {
      const ended = await session.client.send(new StartSyncExecutionCommand(input));
      return verdictOf(vector, compareExecution(vector, { ended: endedOf(ended), events: [] }, exact));
    }
    const { ended, events } = await runStandard(session, vector, input);
    return verdictOf(vector, compareExecution(vector, { ended, events: events.map(toldEvent) }, exact));
  });
}

async function runStandard(
  session: Session,
  vector: ExecutionVector,
  input: ConstructorParameters<typeof StartExecutionCommand>[0],
): Promise<{ ended: Ended; events: readonly HistoryEvent[] }> {
  const sendHome = await playWorkers(session, vector);
  const release = vector.stop === undefined ? undefined : session.server.hold();
  try {
    const { executionArn = '' } = await session.client.send(new StartExecutionCommand(input));
    if (vector.stop !== undefined) await stopInWait(session, executionArn, vector.stop);
    release?.();
    return { ended: await ended(session, executionArn), events: await history(session, executionArn) };
  } finally {
    release?.();
    sendHome();
  }
}

async function stopInWait(session: Session, executionArn: string, stop: object): Promise<void> {
  const isWaiting = async (): Promise<true | undefined> => {
    const events = await history(session, executionArn);
    return events.some(({ type }) => type === 'WaitStateEntered') || undefined;
  };
  await until(isWaiting, 'No Wait state was entered.');
  await session.client.send(new StopExecutionCommand({ executionArn, ...stop }));
}

function ended({ client }: Session, executionArn: string): Promise<Ended> {
  const look = async (): Promise<Ended | undefined> => {
    const told = await client.send(new DescribeExecutionCommand({ executionArn }));
    return told.status === 'RUNNING' ? undefined : endedOf(told);
  };
  return until(look, 'The execution does not end.');
}

async function until<T>(look: () => Promise<T | undefined>, otherwise: string): Promise<T> {
  const began = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() - began > longestMs) throw new Error(otherwise);
  }
}

async function history({ client }: Session, executionArn: string): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  const pages = paginateGetExecutionHistory({ client, pageSize: 1_000 }, { executionArn });
  for await (const page of pages) events.push(...(page.events ?? []));
  return events;
}

interface Told {
  readonly status?: string | undefined;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

function endedOf({ status, output, error, cause }: Told): Ended {
  return {
    status,
    ...(output === undefined ? {} : { output: JSON.parse(output) as Json }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}
