import type { JsonObject } from '../../../../shared/domain/json.ts';
import type { NestedDescription, NestedExecutions } from '../nested-executions.ts';
import { poll } from '../poll.ts';
import type { Tools } from '../tools.ts';

/** Executions of another Step Functions, behind the endpoint of `states`. */
export function remoteExecutions(tools: Tools): NestedExecutions {
  const send = async (action: string, parameters: JsonObject, signal = new AbortController().signal) => {
    const { result } = await tools.sdk.send({
      service: 'states',
      action,
      parameters,
      style: 'optimized',
      phase: action === 'startExecution' ? 'submit' : 'run',
      signal,
    });
    return result;
  };
  return {
    async start({ machineArn, name, input }) {
      const { ExecutionArn: executionArn, StartDate: startDate } = await send('startExecution', {
        StateMachineArn: machineArn,
        Name: name,
        Input: input,
      });
      return { executionArn: String(executionArn), startDate: Number(startDate) };
    },
    wait: (executionArn, signal) =>
      poll(tools, signal, async () => {
        const told = await send('describeExecution', { ExecutionArn: executionArn }, signal);
        return told['Status'] === 'RUNNING' ? undefined : asDescription(told);
      }),
    async stop(executionArn, cause) {
      await send('stopExecution', { ExecutionArn: executionArn, Cause: cause });
    },
  };
}

function asDescription(told: JsonObject): NestedDescription {
  const entries = Object.entries(told).map(([name, value]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    value,
  ]);
  return Object.fromEntries(entries) as NestedDescription;
}
