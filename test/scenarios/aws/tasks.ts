import { ECSClient, paginateListTasks, StopTaskCommand } from '@aws-sdk/client-ecs';

/** Ends every task of a cluster; a stage without tasks has no cluster, and nothing to end. */
export async function stopTasks(cluster: string): Promise<void> {
  const client = new ECSClient({ maxAttempts: 8 });
  try {
    for await (const { taskArns = [] } of paginateListTasks({ client }, { cluster }))
      for (const task of taskArns)
        await client.send(new StopTaskCommand({ cluster, task, reason: 'An outage is played' }));
  } catch (error) {
    if ((error as Error).name !== 'ClusterNotFoundException') throw error;
  } finally {
    client.destroy();
  }
}
