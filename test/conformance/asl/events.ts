import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';

/** An event as the vectors record it: its details without what is told of every event, JSON texts parsed. */
export interface ToldEvent {
  readonly id: number;
  readonly type: string;
  readonly previousEventId: number;
  readonly details: JsonObject;
}

const texts = new Set(['input', 'output', 'parameters']);
const untold = new Set(['inputDetails', 'outputDetails', 'assignedVariablesDetails', 'region']);

export function toldEvent(event: HistoryEvent): ToldEvent {
  const { id = 0, type = '', previousEventId = 0 } = event;
  const given = Object.entries(event).filter(
    ([name, value]) => /EventDetails$/.test(name) && value !== undefined,
  );
  // More than one would be a fault: it shows as details that nobody expects.
  const details = given.length === 1 ? detailsOf(given[0]?.[1] as object) : Object.fromEntries(given);
  return { id, type, previousEventId, details };
}

function detailsOf(details: object): JsonObject {
  const shown = Object.entries(details).filter(([name, value]) => !untold.has(name) && value !== undefined);
  return Object.fromEntries(shown.map(([name, value]) => [name, told(name, value as Json)]));
}

function told(name: string, value: Json): Json {
  if (texts.has(name)) return parsed(value);
  if (name !== 'assignedVariables') return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([variable, text]) => [variable, parsed(text)]),
  );
}

/** What is no JSON stays as it is, and differs from what was recorded. */
function parsed(text: Json): Json {
  try {
    return JSON.parse(text as string) as Json;
  } catch {
    return text;
  }
}
