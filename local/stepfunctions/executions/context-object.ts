import type { Json } from '../../../shared/domain/json.ts';
import type { Visit } from './visit.ts';

/** The context object (`$$`) as a state sees it. */
export function contextObject({ facts, name, type, enteredAt, retries, token }: Visit): Json {
  return {
    Execution: {
      Id: facts.arn,
      Input: facts.input.value,
      StartTime: time(facts.startedAt),
      Name: facts.name,
      RoleArn: facts.roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: facts.machineArn, Name: facts.machineName },
    State: {
      Name: name,
      EnteredTime: time(enteredAt),
      ...(type === 'Task' ? { RetryCount: retries.reduce((sum, count) => sum + count, 0) } : {}),
    },
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}

const time = (at: number): string => new Date(at).toISOString();
