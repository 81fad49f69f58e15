import {
  TestStateCommand,
  type TestStateCommandInput,
  type TestStateCommandOutput,
} from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { unknown } from './compare-execution.ts';
import { causeDifference, type Difference, difference, type Exactness } from './difference.ts';
import { taskResultOf } from './mocks-of.ts';
import { withServer } from './session.ts';
import type { TestStateVector } from './vector.ts';
import { type Check, type Verdict, verdictOf } from './verdict.ts';

export async function runTestState(vector: TestStateVector, exact: boolean): Promise<Verdict> {
  const told = await withServer(taskResultOf(vector), async ({ client }) => {
    try {
      return toldOf(await client.send(new TestStateCommand(requestOf(vector))));
    } catch (error) {
      const { name, message } = error as Error;
      return { exception: { code: name, message } };
    }
  });
  return verdictOf(vector, compareTestState(vector, told, exact));
}

export function compareTestState(vector: TestStateVector, told: JsonObject, exact: boolean): Check[] {
  const { expected, awsText = [] } = vector;
  const exactness: Exactness = exact ? { awsText } : {};
  const compare = (field: string): Difference | undefined => {
    const [wanted, got] = [at(expected, field), at(told, field)];
    const compared = field === 'cause' ? causeDifference : difference;
    const found = compared(wanted, got, { path: `$.${field}`, ...exactness });
    // An exception says more than that there is no output.
    return found !== undefined && told['exception'] !== undefined && got === undefined
      ? { ...found, actual: told['exception'] }
      : found;
  };
  return vector.compare.map((field) => ({
    field,
    difference: known.has(field) ? compare(field) : unknown(field)(),
  }));
}

const known: ReadonlySet<string> = new Set([
  'status',
  'output',
  'error',
  'cause',
  'nextState',
  'inspectionData',
  'exception.code',
  'exception.message',
]);

function at(value: JsonObject, path: string): Json | undefined {
  let inner: Json | undefined = value;
  for (const name of path.split('.')) inner = (inner as JsonObject | undefined)?.[name];
  return inner;
}

/** The request as it was made: its JSON texts are recorded as values. */
function requestOf({ definition, request, taskResult }: TestStateVector): TestStateCommandInput {
  const { input, context, variables, mock, ...others } = request;
  const asked = {
    ...others,
    definition: JSON.stringify(definition),
    ...textOf('input', input),
    ...textOf('context', context),
    ...textOf('variables', variables),
    ...(mock === undefined ? {} : { mock: mockOf(mock as JsonObject) }),
    // A real service is called under a role.
    ...(taskResult === undefined ? {} : { roleArn: 'arn:aws:iam::111111111111:role/test-state' }),
  };
  return asked as TestStateCommandInput;
}

function mockOf({ result, resultRaw, ...mock }: JsonObject): JsonObject {
  if (resultRaw !== undefined) return { ...mock, result: resultRaw };
  return { ...mock, ...textOf('result', result) };
}

/** `{"__raw": …}` stands for a text that is no JSON. */
function textOf(name: string, value: Json | undefined): JsonObject {
  if (value === undefined) return {};
  const raw = typeof value === 'object' && value !== null ? (value as JsonObject)['__raw'] : undefined;
  return { [name]: raw ?? JSON.stringify(value) };
}

function toldOf({
  output,
  inspectionData,
  status,
  error,
  cause,
  nextState,
}: TestStateCommandOutput): JsonObject {
  const told = {
    status,
    error,
    cause,
    nextState,
    output: output === undefined ? undefined : parsed(output),
    inspectionData: inspectionData === undefined ? undefined : inspected(inspectionData),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as JsonObject;
}

/** The texts in it are JSON. */
function inspected(data: object): Json {
  const told = Object.entries(data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    told.map(([name, value]) => [name, typeof value === 'string' ? parsed(value) : value]),
  );
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
