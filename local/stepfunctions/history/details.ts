import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { JsonData } from '../data-flow/json-data.ts';
import { invokeResult, requestId } from '../tasks/invoke-result.ts';
import type { EventKind, HistoryEvent, TaskTiming } from './events.ts';
import type { Telling } from './wire.ts';

type Event<Kind extends EventKind> = Extract<HistoryEvent, readonly [Kind, ...unknown[]]>;
type Describers = { readonly [Kind in EventKind]?: (event: Event<Kind>, telling: Telling) => object };

/** What the history tells of an event besides its type, or `undefined` where that is all there is to tell. */
export function detailsOf(event: HistoryEvent, telling: Telling): object | undefined {
  const describe = describers[event[0]] as ((event: HistoryEvent, telling: Telling) => object) | undefined;
  return describe?.(event, telling);
}

const failed = ([, error, cause]: readonly [unknown, string | undefined, string | undefined]): object =>
  failure(error, cause);

const taskFailed = ([, resource, error, cause]: readonly [
  unknown,
  string,
  string | undefined,
  string | undefined,
]): object => ({ ...resourceFields(resource), ...failure(error, cause) });

const iteration = ([, name, index]: readonly [unknown, string, number]): object => ({ name, index });

const answered = ([, output]: readonly [unknown, JsonData], telling: Telling): object =>
  dataFields('output', output.text, telling);

const taskAnswered = (
  [, resource, output]: readonly [unknown, string, JsonData],
  telling: Telling,
): object => ({
  ...resourceFields(resource),
  ...dataFields('output', output.text, telling),
});

/** The service's answer around a function's, made again of the request it belongs to. */
const invokeAnswered = (
  [, resource, payload]: readonly [unknown, string, JsonData],
  telling: Telling,
): object => {
  const output = JSON.stringify(invokeResult(payload.value, requestId(telling.execution.id, telling.id)));
  return { ...resourceFields(resource), ...dataFields('output', output, telling) };
};

const describers: Describers = {
  ExecutionStarted: (_, telling) => {
    const { input, roleArn, versionArn, aliasArn } = telling.execution;
    return {
      ...dataFields('input', input.text, telling),
      roleArn,
      ...(versionArn === undefined ? {} : { stateMachineVersionArn: versionArn }),
      ...(aliasArn === undefined ? {} : { stateMachineAliasArn: aliasArn }),
    };
  },
  ExecutionSucceeded: answered,
  ExecutionFailed: failed,
  ExecutionTimedOut: failed,
  ExecutionAborted: failed,
  ExecutionRedriven: ([, redriveCount]) => ({ redriveCount }),
  StateEntered: ([, , name, input], telling) => ({ name, ...dataFields('input', input.text, telling) }),
  StateExited: ([, , name, output, assigned], telling) => ({
    name,
    ...dataFields('output', output.text, telling),
    ...(assigned === undefined ? {} : assignedFields(assigned.value as JsonObject, telling)),
  }),
  EvaluationFailed: ([, error, cause, state, location]) => ({
    ...failure(error, cause),
    state,
    ...(location === undefined ? {} : { location }),
  }),
  MapStateStarted: ([, length]) => ({ length }),
  MapIterationStarted: iteration,
  MapIterationSucceeded: iteration,
  MapIterationFailed: iteration,
  MapIterationAborted: iteration,
  MapRunStarted: ([, mapRunArn]) => ({ mapRunArn }),
  MapRunRedriven: ([, mapRunArn, redriveCount]) => ({ mapRunArn, redriveCount }),
  MapRunFailed: failed,
  LambdaFunctionScheduled: ([, resource, input, timeout, role], telling) => ({
    ...dataFields('input', input.text, telling),
    resource,
    ...timing({ timeout, heartbeat: undefined }),
    ...credentials(role),
  }),
  LambdaFunctionSucceeded: answered,
  LambdaFunctionFailed: failed,
  LambdaFunctionScheduleFailed: failed,
  LambdaFunctionTimedOut: failed,
  ActivityScheduled: ([, resource, input, timeout, heartbeat], telling) => ({
    ...dataFields('input', input.text, telling),
    resource,
    ...timing({ timeout, heartbeat }),
  }),
  ActivityStarted: ([, workerName]) => (workerName === undefined ? {} : { workerName }),
  ActivitySucceeded: answered,
  ActivityFailed: failed,
  ActivityScheduleFailed: failed,
  ActivityTimedOut: failed,
  LambdaInvokeScheduled: ([, resource, functionName, payload, timeout, heartbeat], telling) => ({
    ...resourceFields(resource),
    region: telling.execution.region,
    parameters: `{"FunctionName":${JSON.stringify(functionName)},"Payload":${payload.text}}`,
    ...timing({ timeout, heartbeat }),
  }),
  TaskScheduled: ([, resource, parameters, timeout, heartbeat, role], telling) => ({
    ...resourceFields(resource),
    region: telling.execution.region,
    parameters: parameters.text,
    ...timing({ timeout, heartbeat }),
    ...credentials(role),
  }),
  TaskStarted: ([, resource]) => resourceFields(resource),
  LambdaInvokeSubmitted: invokeAnswered,
  LambdaInvokeSucceeded: invokeAnswered,
  TaskSubmitted: taskAnswered,
  TaskSucceeded: taskAnswered,
  TaskFailed: taskFailed,
  TaskStartFailed: taskFailed,
  TaskSubmitFailed: taskFailed,
  TaskTimedOut: taskFailed,
};

/** `sqs:sendMessage` is the action `sendMessage` of `sqs`, `aws-sdk:s3:getObject` the action `getObject` of `aws-sdk:s3`. */
function resourceFields(resource: string): object {
  const split = resource.lastIndexOf(':', resource.endsWith(':2') ? resource.length - 3 : undefined);
  return { resourceType: resource.slice(0, split), resource: resource.slice(split + 1) };
}

function dataFields(field: 'input' | 'output', text: string, { includeData }: Telling): object {
  return { ...(includeData ? { [field]: text } : {}), [`${field}Details`]: { truncated: !includeData } };
}

function assignedFields(assigned: JsonObject, { includeData }: Telling): object {
  const texts = Object.entries(assigned).map(([name, value]: [string, Json]) => [
    name,
    JSON.stringify(value),
  ]);
  return {
    ...(includeData ? { assignedVariables: Object.fromEntries(texts) } : {}),
    assignedVariablesDetails: { truncated: !includeData },
  };
}

function failure(error: string | undefined, cause: string | undefined): object {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

function timing({ timeout, heartbeat }: TaskTiming): object {
  return {
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
  };
}

function credentials(role: string | undefined): object {
  return role === undefined ? {} : { taskCredentials: { roleArn: role } };
}
