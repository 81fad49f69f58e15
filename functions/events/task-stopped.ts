import { taskStopped } from '../../shared/application/upkeep/task-stopped.ts';
import type { Wire } from '../wired.ts';

/** ECS says that a task has come to rest. */
export interface TaskStopped {
  readonly detail: {
    readonly taskArn: string;
    readonly startedBy?: string;
    readonly stoppedReason?: string;
  };
}

/** The run of a command hears at once that its task has stopped, and does not wait for a heartbeat that never comes. */
export function taskStoppedFunction(wire: Wire): (event: TaskStopped) => Promise<void> {
  return async ({ detail: { taskArn: arn, startedBy, stoppedReason: reason } }) => {
    if (startedBy === undefined) return;
    const { app, log } = await wire();
    const then = await taskStopped(app, { arn, startedBy, ...(reason === undefined ? {} : { reason }) });
    if (then !== 'nothing') log.info('The task of a command has stopped', { task: arn, reason, then });
  };
}
