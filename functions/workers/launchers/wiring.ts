import { CloudLauncher } from '../../../shared/aws/cloud-launcher.ts';
import {
  FunctionLauncher,
  type FunctionLauncherOptions,
} from '../../../shared/aws/lambda/function-launcher.ts';
import { lambdaClient } from '../../../shared/aws/sdk/lambda.ts';
import type { TaskLauncher } from '../../../shared/ports/task-launcher.ts';
import type { SpaceTasks } from '../../../shared/protocol/environment/space-tasks.ts';

/** What starts workers; what starts tasks is loaded only where there are any. */
export async function launcher(
  places: Omit<FunctionLauncherOptions, 'client'>,
  tasks: SpaceTasks | undefined,
): Promise<TaskLauncher> {
  const functions = new FunctionLauncher({ client: lambdaClient(), ...places });
  if (tasks === undefined) return new CloudLauncher({ functions });
  const { tasksOf } = await import('../tasks/wiring.ts');
  return new CloudLauncher({ functions, tasks: tasksOf(tasks, places.report) });
}
