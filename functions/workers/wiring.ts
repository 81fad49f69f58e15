import { CloudLauncher } from '../../shared/aws/cloud-launcher.ts';
import { FunctionLauncher } from '../../shared/aws/lambda/function-launcher.ts';
import { lambdaClient } from '../../shared/aws/sdk/lambda.ts';
import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';

/** Where commands run; what starts tasks is loaded only where there are any. */
export const workersPart: Part = async ({ settings, clock }) => {
  const { TANDEM_SPACE_TASKS: tasks } = settings;
  const report = needed(settings, 'TANDEM_REPORT');
  const functions = new FunctionLauncher({
    client: lambdaClient(),
    functionName: needed(settings, 'TANDEM_SPACE_FUNCTION'),
    tenancy: settings.TANDEM_SPACE_TENANCY === 'on',
    report,
    clock,
  });
  if (tasks === undefined) return { launcher: new CloudLauncher({ functions }) };
  const { tasksOf } = await import('./tasks/wiring.ts');
  return { launcher: new CloudLauncher({ functions, tasks: tasksOf(tasks, report) }) };
};
