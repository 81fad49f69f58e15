import { EcsLauncher } from '../../../shared/aws/ecs/ecs-launcher.ts';
import { ecsClient } from '../../../shared/aws/sdk/ecs.ts';
import type { TaskLauncher } from '../../../shared/ports/task-launcher.ts';
import type { SpaceTasks } from '../../../shared/protocol/environment/space-tasks.ts';

/** Commands in ECS tasks. */
export const tasksOf = (tasks: SpaceTasks, report: string): TaskLauncher =>
  new EcsLauncher({ client: ecsClient(), tasks, report });
