import type { JsonData } from '../data-flow/json-data.ts';
import { invokeResult, requestId } from '../tasks/invoke-result.ts';
import type { HistoryEvent } from './events.ts';

/** An event as GetExecutionHistory shows it; `timestamp` in seconds since the epoch. */
export interface WireEvent {
  readonly timestamp: number;
  readonly type: string;
  readonly id: number;
  readonly previousEventId: number;
  readonly [details: `${string}EventDetails`]: object;
}

/** What an event needs to be told besides itself. */
export interface Telling {
  readonly execution: {
    readonly id: number;
    readonly input: JsonData;
    readonly roleArn: string;
    readonly region: string;
  };
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether inputs and outputs are shown. */
  readonly includeData: boolean;
}

/** Makes of an event what AWS shows. */
export function wireEvent(event: HistoryEvent, telling: Telling): WireEvent {
  const [type, details] = describe(event, telling);
  return {
    timestamp: telling.at / 1_000,
    type,
    id: telling.id,
    // One line of events without branches; the first state counts as a beginning of its own.
    previousEventId: telling.id <= 2 ? 0 : telling.id - 1,
    ...(details === undefined ? {} : { [`${detailsField(type)}EventDetails`]: details }),
  };
}

/** The name of the field with a type's details: states share two. */
function detailsField(type: string): string {
  const shared = /State(Entered|Exited)$/.exec(type);
  return shared === null ? type.charAt(0).toLowerCase() + type.slice(1) : `state${shared[1]}`;
}

type Described = readonly [type: string, details?: object];

function describe(event: HistoryEvent, telling: Telling): Described {
  const shown = (field: 'input' | 'output', data: JsonData) =>
    dataFields(field, data.text, telling.includeData);
  switch (event[0]) {
    case 'ExecutionStarted': {
      const { input, roleArn } = telling.execution;
      return [event[0], { ...shown('input', input), roleArn }];
    }
    case 'ExecutionSucceeded':
      return [event[0], shown('output', event[1])];
    case 'StateEntered':
      return [`${event[1]}StateEntered`, { name: event[2], ...shown('input', event[3]) }];
    case 'StateExited':
      return [`${event[1]}StateExited`, { name: event[2], ...shown('output', event[3]) }];
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted':
      return [event[0], failure(event[1], event[2])];
    default:
      return describeTask(event, telling);
  }
}

type ExecutionOrState = Extract<
  HistoryEvent,
  readonly [`Execution${string}` | `State${string}`, ...unknown[]]
>;
type TaskEvent = Exclude<HistoryEvent, ExecutionOrState>;

function describeTask(event: TaskEvent, telling: Telling): Described {
  const { includeData, execution } = telling;
  switch (event[0]) {
    case 'LambdaFunctionScheduled': {
      const [kind, resource, input, timeout] = event;
      return [
        kind,
        { ...dataFields('input', input.text, includeData), resource, ...seconds('timeout', timeout) },
      ];
    }
    case 'LambdaFunctionStarted':
      return [event[0]];
    case 'LambdaFunctionSucceeded':
      return [event[0], dataFields('output', event[1].text, includeData)];
    case 'LambdaFunctionFailed':
    case 'LambdaFunctionTimedOut':
      return [event[0], failure(event[1], event[2])];
    case 'LambdaInvokeScheduled': {
      const [, resource, functionName, payload, timeout, heartbeat] = event;
      const parameters = `{"FunctionName":${JSON.stringify(functionName)},"Payload":${payload.text}}`;
      return ['TaskScheduled', scheduled(resource, parameters, { timeout, heartbeat }, execution.region)];
    }
    case 'TaskScheduled': {
      const [, resource, parameters, timeout, heartbeat] = event;
      return [event[0], scheduled(resource, parameters.text, { timeout, heartbeat }, execution.region)];
    }
    case 'LambdaInvokeSubmitted':
    case 'LambdaInvokeSucceeded': {
      const [kind, resource, payload] = event;
      const output = JSON.stringify(invokeResult(payload.value, requestId(execution.id, telling.id)));
      const type = kind === 'LambdaInvokeSubmitted' ? 'TaskSubmitted' : 'TaskSucceeded';
      return [type, { ...resourceFields(resource), ...dataFields('output', output, includeData) }];
    }
    case 'TaskStarted':
      return [event[0], resourceFields(event[1])];
    case 'TaskSucceeded':
      return [event[0], { ...resourceFields(event[1]), ...dataFields('output', event[2].text, includeData) }];
    case 'TaskFailed':
    case 'TaskTimedOut':
      return [event[0], { ...resourceFields(event[1]), ...failure(event[2], event[3]) }];
  }
}

function scheduled(
  resource: string,
  parameters: string,
  { timeout, heartbeat }: { readonly timeout: number | undefined; readonly heartbeat: number | undefined },
  region: string,
): object {
  const timing = { ...seconds('timeout', timeout), ...seconds('heartbeat', heartbeat) };
  return { ...resourceFields(resource), region, parameters, ...timing };
}

function resourceFields(resource: string): object {
  const split = resource.indexOf(':');
  return { resourceType: resource.slice(0, split), resource: resource.slice(split + 1) };
}

function dataFields(field: 'input' | 'output', text: string, shown: boolean): object {
  return { ...(shown ? { [field]: text } : {}), [`${field}Details`]: { truncated: !shown } };
}

function failure(error: string | undefined, cause: string | undefined): object {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

function seconds(field: 'timeout' | 'heartbeat', value: number | undefined): object {
  return value === undefined ? {} : { [`${field}InSeconds`]: value };
}
