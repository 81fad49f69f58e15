import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { DefinitionError } from '../definition/problems.ts';
import type { WireEvent } from '../history/wire.ts';
import { Harness } from './harness.ts';
import { FunctionError, hang, ScriptedFunction } from './scripted.ts';
import { matches } from './wildcards.ts';

/**
 * Replays executions recorded from AWS, when asked to:
 * `ASL_VECTORS=<folder> node --test local/stepfunctions/testing/vectors.ts`. What this engine does not know yet is
 * refused when it is compiled, and counts as skipped.
 */

interface Mock {
  readonly return?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly timedOut?: boolean;
}

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly stateMachineType: string;
  readonly definition: { readonly States: Readonly<Record<string, JsonObject>> };
  readonly input: Json;
  readonly context: Readonly<Record<'stateMachineName' | 'executionName' | 'roleArn', string>>;
  readonly mocks: Readonly<Record<string, readonly Mock[]>>;
  readonly compare: readonly string[];
  readonly expected: {
    readonly status: string;
    readonly output?: Json;
    readonly error?: string;
    readonly events?: readonly {
      readonly id: number;
      readonly type: string;
      readonly previousEventId: number;
      readonly details: JsonObject;
    }[];
  };
}

const folder = process.env['ASL_VECTORS'];
const files = ['choice', 'dataflow', 'intrinsics', 'task', 'task-token-activity', 'wait'].map(
  (area) => `execution.${area}.jsonl`,
);

describe('executions recorded from AWS', () => {
  if (folder === undefined || !existsSync(folder)) {
    test('set ASL_VECTORS to the folder of the vectors', { skip: 'the vectors are not here' });
    return;
  }
  for (const file of files) for (const vector of vectorsOf(join(folder, file))) replay(vector);
});

function vectorsOf(file: string): readonly Vector[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Vector).filter((vector) => vector.kind === 'execution');
}

function replay(vector: Vector): void {
  const harness = harnessFor(vector);
  const skip = harness === undefined || vector.stateMachineType !== 'STANDARD';
  test(vector.id, { skip }, async () => {
    if (harness === undefined) return;
    const { executionName } = vector.context;
    await harness.stepFunctions.open(functionsOf(vector));
    const ended = await harness.run(vector.input, executionName);
    const { status, output, error, events } = vector.expected;
    assert.equal(ended.status, status);
    if (output !== undefined)
      assert.ok(
        matches(JSON.parse(ended.result.output ?? 'null'), output),
        `output is ${ended.result.output}`,
      );
    assert.equal(ended.result.error, error);
    if (events === undefined) return;
    const history = harness.history(executionName);
    assert.deepEqual(
      history.map((event) => event.type),
      events.map((event) => event.type),
    );
    if (!vector.compare.includes('eventDetails')) return;
    for (const [index, event] of events.entries()) compare(history[index] as WireEvent, event);
  });
}

function compare(
  actual: WireEvent,
  expected: { readonly id: number; readonly previousEventId: number; readonly details: JsonObject },
): void {
  assert.deepEqual([actual.id, actual.previousEventId], [expected.id, expected.previousEventId]);
  const details = detailsOf(actual);
  assert.ok(
    matches(details, expected.details),
    `event ${actual.id} is ${JSON.stringify(details)}, not ${JSON.stringify(expected.details)}`,
  );
}

const texts = new Set(['input', 'output', 'parameters']);
const untold = new Set(['inputDetails', 'outputDetails', 'region']);

function detailsOf(event: WireEvent): Json {
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1] ?? {};
  const told = Object.entries(details as JsonObject).filter(([name]) => !untold.has(name));
  return Object.fromEntries(
    told.map(([name, value]) => [name, texts.has(name) ? JSON.parse(value as string) : value]),
  );
}

function harnessFor({ definition, context }: Vector): Harness | undefined {
  try {
    const place = { region: 'us-east-1', account: '111111111111' };
    return new Harness({ definition, machine: context.stateMachineName, roleArn: context.roleArn, place });
  } catch (error) {
    if (error instanceof DefinitionError) return undefined;
    throw error;
  }
}

/** Every function plays the mocks of all states in turn: no vector here calls two states at once. */
function functionsOf({ mocks }: Vector): Record<string, ScriptedFunction> {
  const scenes = Object.values(mocks).flat();
  let played = 0;
  const scripted = new ScriptedFunction(() => play(scenes[played++]));
  return new Proxy({}, { get: () => scripted });
}

function play(mock: Mock | undefined): unknown {
  if (mock === undefined) throw new Error('More calls than were recorded.');
  if (mock.timedOut === true) return hang();
  if (mock.error !== undefined) throw new FunctionError(mock.error, mock.cause);
  const result = mock.return as { readonly Payload?: Json; readonly SdkHttpMetadata?: Json } | string | null;
  return result !== null && typeof result === 'object' && result.SdkHttpMetadata !== undefined
    ? result.Payload
    : result;
}
