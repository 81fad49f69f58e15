import {
  CreateActivityCommand,
  GetActivityTaskCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { Session } from './session.ts';
import type { ExecutionVector, RecordedMock } from './vector.ts';

interface Activity {
  readonly arn: string;
  readonly states: readonly string[];
}

const activityArn = /^arn:aws[\w-]*:states:[\w-]*:\d*:activity:(.+)$/;

/** The activities that the Task states of a definition name, at any depth. */
export function activitiesOf(definition: Json): readonly Activity[] {
  const found = new Map<string, string[]>();
  collect(definition, found);
  return [...found].map(([arn, states]) => ({ arn, states }));
}

function collect(value: Json, found: Map<string, string[]>): void {
  if (typeof value !== 'object' || value === null) return;
  const states = Array.isArray(value) ? {} : ((value as JsonObject)['States'] ?? {});
  for (const [name, state] of Object.entries(states as JsonObject)) {
    const { Type: type, Resource: arn } = (state ?? {}) as JsonObject;
    if (type !== 'Task' || typeof arn !== 'string' || !activityArn.test(arn)) continue;
    found.set(arn, [...(found.get(arn) ?? []), name]);
  }
  for (const inner of Object.values(value)) collect(inner, found);
}

/**
 * Plays the workers of a vector's activities. Time is held until each has its first task and has answered it, so that
 * no timeout comes before a worker that was there. Returns how to send them home.
 */
export async function playWorkers(session: Session, vector: ExecutionVector): Promise<() => void> {
  const activities = activitiesOf(vector.definition);
  // Under which name a worker asks is its own affair: only the recorded history tells it.
  const names = (vector.expected.events ?? [])
    .filter(({ type }) => type === 'ActivityStarted')
    .map(({ details }) => details['workerName'] as string | undefined);
  const home = new AbortController();
  for (const { arn, states } of activities) {
    const name = activityArn.exec(arn)?.[1];
    await session.client.send(new CreateActivityCommand({ name }));
    const answers = states.flatMap((state) => vector.mocks[state] ?? []);
    void work({ session, arn, signal: home.signal }, answers, names).catch(() => {});
  }
  return () => home.abort();
}

interface Place {
  readonly session: Session;
  readonly arn: string;
  readonly signal: AbortSignal;
}

async function work(
  { session: { client, server }, arn, signal }: Place,
  answers: readonly RecordedMock[],
  names: readonly (string | undefined)[],
): Promise<void> {
  for (const [index, answer] of answers.entries()) {
    const release = index === 0 ? server.hold() : () => {};
    try {
      const poll = new GetActivityTaskCommand({ activityArn: arn, workerName: names[index] });
      let taskToken: string | undefined;
      while (!taskToken && !signal.aborted)
        ({ taskToken } = await client.send(poll, { abortSignal: signal }));
      const command = answerTo(taskToken, answer);
      if (command !== undefined) await client.send(command as SendTaskSuccessCommand);
    } finally {
      release();
    }
  }
}

function answerTo(taskToken: string | undefined, mock: RecordedMock) {
  if (mock.timedOut || mock.pending) return undefined;
  if (mock.error === undefined)
    return new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(mock.return ?? null) });
  const error = mock.error === null ? {} : { error: mock.error };
  return new SendTaskFailureCommand({ taskToken, ...error, ...(mock.cause && { cause: mock.cause }) });
}
