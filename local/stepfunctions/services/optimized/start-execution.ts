import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { states } from '../../errors/names.ts';
import { attemptUuid } from '../attempt.ts';
import type { NestedDescription, NestedExecutions, NestedStart } from '../nested-executions.ts';
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
  const isNamed = typeof name === 'string';
  const wanted = {
    machineArn: String(machineArn),
    name: isNamed ? name : attemptUuid(call, 'name'),
    input: inputText(input),
    awaited: call.resource.pattern.startsWith('sync'),
  };
  const nested = nestedAt(wanted.machineArn);
  try {
    const { executionArn, startDate } = await nested.start(wanted);
    return { ExecutionArn: executionArn, ...requestMetadata(call), StartDate: startDate };
  } catch (error) {
    const refused = refusal(error, call);
    const isOwn = !isNamed && refused instanceof ServiceFailure && refused.error === alreadyExists;
    if (!isOwn) throw refused;
    // Nobody else makes up this name: an earlier start of this attempt was cut off, and its execution has ended since.
    const { executionArn, startDate } = await nested.wait(executionOf(wanted), call.signal);
    return { ExecutionArn: executionArn, ...requestMetadata(call), StartDate: startDate };
  }
}

const alreadyExists = 'StepFunctions.ExecutionAlreadyExistsException';

/** The ARN of an execution, by its machine's, which may name a version. */
function executionOf({ machineArn, name }: NestedStart): string {
  const [arn, partition, service, region, account, , machine] = machineArn.split(':');
  return [arn, partition, service, region, account, 'execution', machine, name].join(':');
}

/** Nothing is an empty object; a text is JSON already; everything else becomes it. */
function inputText(input: Json | undefined): string {
  if (input === undefined || input === null) return '{}';
  return typeof input === 'string' ? input : JSON.stringify(input);
}

/** A nested start is answered as a service would: with the id of a request, the same whenever it is made again. */
function requestMetadata(call: ServiceCall): JsonObject {
  const requestId = attemptUuid(call, 'request');
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
function refusal(error: unknown, call: ServiceCall): unknown {
  const { resource } = call;
  if (error instanceof ServiceFailure) {
    const phase = error.phase === 'submit' ? phaseOf(resource.pattern) : error.phase;
    return new ServiceFailure({ error: error.error, cause: error.explanation, phase });
  }
  if (!(error instanceof Error)) return error;
  const { type } = error as { readonly type?: unknown };
  if (typeof type !== 'string') return error;
  const name = type.endsWith('Exception') ? type : `${type}Exception`;
  const request = attemptUuid(call, 'request');
  const particulars = `(Service: AWSStepFunctions; Status Code: 400; Error Code: ${type}; Request ID: ${request}; Proxy: null)`;
  const cause = `${error.message} ${particulars}`;
  return new ServiceFailure({ error: `StepFunctions.${name}`, cause, phase: phaseOf(resource.pattern) });
}

async function finish(call: ServiceCall, submitted: Json, nestedAt: NestedAt): Promise<Json> {
  const arn = isObject(submitted) ? submitted['ExecutionArn'] : undefined;
  if (typeof arn !== 'string') throw new Error('What was submitted names no execution.');
  const ended = await endOf(arn, nestedAt(arn), call.signal);
  const told = described(ended, call.resource.pattern === 'sync:2');
  if (ended.status === 'SUCCEEDED') return told;
  throw new ServiceFailure({ error: states.taskFailed, cause: JSON.stringify(told) });
}

/** Waits for an end, and stops what nobody waits for any more. */
async function endOf(arn: string, nested: NestedExecutions, signal: AbortSignal): Promise<NestedDescription> {
  try {
    signal.throwIfAborted();
    return await nested.wait(arn, signal);
  } catch (error) {
    if (signal.aborted && signal.reason !== processEnds) {
      await nested.stop(arn, 'The execution that waited for it has gone on or ended.');
    }
    throw error;
  }
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
