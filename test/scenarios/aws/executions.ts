import { paginateListExecutions, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { inParallel } from '../../../shared/domain/in-parallel.ts';

/** Ends every execution of a state machine that is under way, as a cancellation from outside does: none can go on. */
export async function stopExecutions(stateMachineArn: string): Promise<void> {
  const client = new SFNClient({ maxAttempts: 8 });
  const asked = { stateMachineArn, statusFilter: 'RUNNING' } as const;
  const running: string[] = [];
  for await (const { executions = [] } of paginateListExecutions({ client }, asked))
    running.push(...executions.flatMap(({ executionArn }) => executionArn ?? []));
  await inParallel(running, async (executionArn) => {
    // One that has ended meanwhile is stopped as well.
    await client.send(
      new StopExecutionCommand({ executionArn, error: 'Test', cause: 'An outage is played' }),
    );
  });
  client.destroy();
}
