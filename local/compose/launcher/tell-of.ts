import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EcsTask } from './tasks.ts';

/** Tells EventBridge of a task, as ECS does. Throws when it is not taken. */
export async function tellOf(events: Pick<EventBridgeClient, 'send'>, task: EcsTask): Promise<void> {
  const entry = {
    Source: 'aws.ecs',
    DetailType: 'ECS Task State Change',
    Resources: [task.taskArn],
    Detail: JSON.stringify(task),
  };
  const { FailedEntryCount = 0, Entries = [] } = await events.send(
    new PutEventsCommand({ Entries: [entry] }),
  );
  if (FailedEntryCount > 0) throw new Error(`EventBridge did not take an event: ${Entries[0]?.ErrorMessage}`);
}
