import type { JsonData } from '../data-flow/json-data.ts';
import { detailsOf } from './details.ts';
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
    readonly versionArn?: string | undefined;
    readonly aliasArn?: string | undefined;
  };
  readonly id: number;
  readonly previous: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether inputs and outputs are shown. */
  readonly includeData: boolean;
}

/** Makes of an event what AWS shows. */
export function wireEvent(event: HistoryEvent, telling: Telling): WireEvent {
  const type = typeOf(event);
  const details = detailsOf(event, telling);
  return {
    timestamp: telling.at / 1_000,
    type,
    id: telling.id,
    previousEventId: telling.previous,
    ...(details === undefined ? {} : { [`${detailsField(type)}EventDetails`]: details }),
  };
}

function typeOf(event: HistoryEvent): string {
  switch (event[0]) {
    case 'StateEntered':
    case 'StateExited':
    case 'StateAborted':
      return `${event[1]}${event[0]}`;
    case 'LambdaInvokeScheduled':
    case 'LambdaInvokeSubmitted':
    case 'LambdaInvokeSucceeded':
      return event[0].replace('LambdaInvoke', 'Task');
    default:
      return event[0];
  }
}

/** The name of the field with a type's details: states share two. */
function detailsField(type: string): string {
  const shared = /State(Entered|Exited)$/.exec(type);
  return shared === null ? type.charAt(0).toLowerCase() + type.slice(1) : `state${shared[1]}`;
}
