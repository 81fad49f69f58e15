import type { Json } from '../../../shared/domain/json.ts';
import type { Visit } from './visit.ts';

/** An item of a Map state, as its iteration sees it. */
export interface MapItem {
  readonly index: number;
  readonly value: Json;
  /** Its name, where the items came from an object. */
  readonly key: string | undefined;
}

/** The context object (`$$`) as a state sees it. */
export function contextObject({ facts, name, type, enteredAt, retries, token, item }: Visit): Json {
  const found = item();
  return {
    Execution: {
      Id: facts.arn,
      Input: facts.input.value,
      StartTime: time(facts.startedAt),
      Name: facts.name,
      RoleArn: facts.roleArn,
      ...(facts.express ? {} : { RedriveCount: facts.redrive?.count ?? 0 }),
      ...(facts.redrive === undefined ? {} : { RedriveTime: time(facts.redrive.at) }),
    },
    StateMachine: { Id: facts.machineArn, Name: facts.machineName },
    State: {
      Name: name,
      EnteredTime: time(enteredAt),
      ...(retrying.has(type) ? { RetryCount: retries.reduce((sum, count) => sum + count, 0) } : {}),
    },
    ...(found === undefined ? {} : { Map: { Item: itemObject(found) } }),
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}

const retrying: ReadonlySet<string> = new Set(['Task', 'Parallel', 'Map']);

function itemObject({ index, value, key }: MapItem): Json {
  return { Index: index, Value: value, ...(key === undefined ? {} : { Key: key }) };
}

const time = (at: number): string => new Date(at).toISOString();
