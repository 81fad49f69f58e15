import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { states } from '../../errors/names.ts';
import type { NestedDescription, NestedExecutions } from '../nested-executions.ts';
import { processEnds, type Service, type ServiceCall, ServiceFailure } from '../service.ts';
import { phaseOf } from '../tools.ts';

/** Where the executions of a machine are started: here, or behind the endpoint. */
export type NestedAt = (arn: string) => NestedExecutions;

/** `states:startExecution`: one execution starts another one, and may wait for its end. */
export function startExecution(nestedAt: NestedAt): Service {
  return {
    // Under the same name and input, a start is only made once.
    repeatable: true,
    start: (call) => start(call, nestedAt),
    finish: (call, submitted) => finish(call, submitted, nestedAt),
  };
}

async function start(call: ServiceCall, nestedAt: NestedAt): Promise<Json> {
  const { StateMachineArn: machineArn, Name: name, Input: input } = call.parameters;
  const wanted = {
    machineArn: String(machineArn),
    name: typeof name === 'string' ? name : nameFor(call.id),
    input: inputText(input),
  };
  try {
    const { executionArn, startDate } = await nestedAt(wanted.machineArn).start(wanted);
    return { ExecutionArn: executionArn, ...requestMetadata(call.id), StartDate: startDate };
  } catch (error) {
    throw refusal(error, call);
  }
}

/** Nothing is an empty object; a text is JSON already; everything else becomes it. */
function inputText(input: Json | undefined): string {
  if (input === undefined || input === null) return '{}';
  return typeof input === 'string' ? input : JSON.stringify(input);
}

const uuid = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/;
const uuidOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').replace(uuid, '$1-$2-4$3-8$4-$5');

const nameFor = (id: string): string => uuidOf(`name ${id}`);

/** A nested start is answered as a service would: with the id of a request, the same whenever it is made again. */
function requestMetadata(id: string): JsonObject {
  const requestId = uuidOf(`request ${id}`);
  const type = 'application/x-amz-json-1.0';
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { 'Content-Type': [type], 'x-amzn-RequestId': [requestId] },
      HttpHeaders: { 'Content-Type': type, 'x-amzn-RequestId': requestId },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** The service's own errors by their names; what is no error of it passes. */
function refusal(error: unknown, { resource, id }: ServiceCall): unknown {
  if (error instanceof ServiceFailure) {
    const phase = error.phase === 'submit' ? phaseOf(resource.pattern) : error.phase;
    return new ServiceFailure({ error: error.error, cause: error.explanation, phase });
  }
  if (!(error instanceof Error)) return error;
  const { type } = error as { readonly type?: unknown };
  if (typeof type !== 'string') return error;
  const name = type.endsWith('Exception') ? type : `${type}Exception`;
  const request = uuidOf(`request ${id}`);
  const particulars = `(Service: AWSStepFunctions; Status Code: 400; Error Code: ${type}; Request ID: ${request}; Proxy: null)`;
  const cause = `${error.message} ${particulars}`;
  return new ServiceFailure({ error: `StepFunctions.${name}`, cause, phase: phaseOf(resource.pattern) });
}

async function finish(call: ServiceCall, submitted: Json, nestedAt: NestedAt): Promise<Json> {
  const arn = isObject(submitted) ? submitted['ExecutionArn'] : undefined;
  if (typeof arn !== 'string') throw new Error('What was submitted names no execution.');
  const nested = nestedAt(arn);
  const ended = await nested.wait(arn, call.signal).catch(async (error: unknown) => {
    const { aborted, reason } = call.signal;
    if (aborted && reason !== processEnds) {
      await nested.stop(arn, 'The execution that waited for it has gone on or ended.');
    }
    throw error;
  });
  const told = described(ended, call.resource.pattern === 'sync:2');
  if (ended.status === 'SUCCEEDED') return told;
  throw new ServiceFailure({ error: states.taskFailed, cause: JSON.stringify(told) });
}

/** As DescribeExecution tells, in the spelling of results; `.sync:2` gives values where `.sync` gives JSON text. */
function described(execution: NestedDescription, values: boolean): JsonObject {
  const data = (text: string) => (values ? (JSON.parse(text) as Json) : text);
  const told: Readonly<Record<string, Json | undefined>> = {
    Cause: execution.cause,
    Error: execution.error,
    ExecutionArn: execution.executionArn,
    Input: execution.input === undefined ? undefined : data(execution.input),
    InputDetails: execution.input === undefined ? undefined : { Included: true },
    Name: execution.name,
    Output: execution.output === undefined ? undefined : data(execution.output),
    OutputDetails: execution.output === undefined ? undefined : { Included: true },
    RedriveCount: execution.redriveCount ?? 0,
    RedriveStatus:
      execution.redriveStatus ?? (execution.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE'),
    RedriveStatusReason:
      execution.redriveStatusReason ??
      (execution.status === 'SUCCEEDED' ? 'Execution is SUCCEEDED and cannot be redriven' : undefined),
    StartDate: execution.startDate,
    StateMachineArn: execution.stateMachineArn,
    Status: execution.status,
    StopDate: execution.stopDate,
  };
  return JSON.parse(JSON.stringify(told)) as JsonObject;
}
