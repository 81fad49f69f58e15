import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import type { ExecutionState } from '../../ports/workflow-engine.ts';

/** What a description says; `undefined`: there is none. One that may be redriven runs no more. */
export function stateOf(described: DescribeExecutionCommandOutput | undefined): ExecutionState {
  if (described === undefined) return { status: 'absent' };
  const { status, error, cause } = described;
  if (status === 'RUNNING') return { status: 'running' };
  const said = [error, cause].filter((part) => part !== undefined && part !== '').join(': ');
  return { status: 'closed', succeeded: status === 'SUCCEEDED', ...(said === '' ? {} : { cause: said }) };
}
