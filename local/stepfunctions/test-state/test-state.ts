import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { Place } from '../arns.ts';
import { isObject } from '../data-flow/is-object.ts';
import { JsonData } from '../data-flow/json-data.ts';
import type { ExecutionFacts } from '../executions/execution.ts';
import type { Moment } from '../executions/visit.ts';
import { ServiceError } from '../service-error.ts';
import { testStateAnswer } from './answer.ts';
import { readContext } from './check-context.ts';
import { checkFailureCount, readMock } from './check-mock.ts';
import { checkRequest } from './check-request.ts';
import type { Laboratory } from './laboratory.ts';
import { refuse } from './refuse.ts';
import type { TestStateRequest } from './request.ts';
import { runState, type StateTest } from './run-state.ts';
import { readTestedState } from './tested-state.ts';

/** Lets one state run with what the caller gives it, and tells what became of its data on the way. */
export async function testState(request: TestStateRequest, laboratory: Laboratory): Promise<JsonObject> {
  const { state, fields } = readTestedState(request);
  checkRequest(request, fields);
  const { stateConfiguration: configuration, mock, context } = request;
  const mocked = mock === undefined ? undefined : await readMock(mock, fields);
  if (mocked !== undefined) checkFailureCount(mocked, configuration);
  const moment = laboratory.moment();
  const test: StateTest = {
    state,
    facts: testFacts(request, laboratory.place, moment),
    variables: readVariables(request.variables ?? '{}'),
    mocked,
    context: context === undefined ? undefined : readContext(context),
    retries: configuration.retrierRetryCount ?? 0,
    retriers: Array.isArray(fields['Retry']) ? fields['Retry'].length : 0,
    failedIterations: configuration.mapIterationFailureCount ?? 0,
    items: {
      readerData: configuration.mapItemReaderData,
      selects: fields['ItemSelector'] !== undefined || fields['Parameters'] !== undefined,
    },
  };
  return testStateAnswer(await runState(test, moment, laboratory.makeCall), test, request.inspectionLevel);
}

/** An execution that there is only for this test. */
function testFacts(request: TestStateRequest, place: Place, { at }: Moment): ExecutionFacts {
  const { region, account } = place;
  const [machine, name] = [randomUUID(), randomUUID()];
  return {
    id: 0,
    name,
    arn: `arn:aws:states:${region}:${account}:express:${machine}:${name}`,
    input: readInput(request.input ?? '{}'),
    startedAt: at,
    roleArn: request.roleArn ?? `arn:aws:iam::${account}:role/${machine}`,
    revision: 0,
    version: null,
    alias: null,
    machineName: machine,
    machineArn: `arn:aws:states:${region}:${account}:stateMachine:${machine}`,
  };
}

function readInput(text: string): JsonData {
  try {
    return JsonData.parse(text);
  } catch {
    const message = `Invalid State Machine Execution Input: '${text.slice(0, 100)}'`;
    throw new ServiceError('InvalidExecutionInput', message);
  }
}

function readVariables(text: string): JsonObject {
  const variables = parse(text);
  if (!isObject(variables)) refuse('Variables must be a valid JSON object');
  return variables;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
