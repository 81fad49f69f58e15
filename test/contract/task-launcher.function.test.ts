import type { TestContext } from 'node:test';
import { CloudLauncher } from '../../shared/aws/cloud-launcher.ts';
import { FunctionLauncher } from '../../shared/aws/lambda/function-launcher.ts';
import type { TaskLauncher } from '../../shared/ports/task-launcher.ts';
import { SystemClock } from '../../shared/system/system-clock.ts';
import { FakeSpaceFunction } from '../support/fake-space-function.ts';
import { openReportServer } from './report-server.ts';
import { describeTaskLauncher, type LauncherUnderTest } from './task-launcher.contract.ts';

const traits = { kills: false };

describeTaskLauncher('function', (context) => open(context, (functions) => functions), traits);

describeTaskLauncher(
  'function or task',
  (context) => open(context, (functions) => new CloudLauncher({ functions })),
  traits,
);

async function open(
  context: TestContext,
  wrap: (functions: TaskLauncher) => TaskLauncher,
): Promise<LauncherUnderTest> {
  const { desk, address } = await openReportServer(context);
  const space = new FakeSpaceFunction();
  context.after(() => space.close());
  const functions = new FunctionLauncher({
    client: space.client,
    functionName: 'space',
    tenancy: true,
    report: address,
    clock: new SystemClock(),
  });
  return { launcher: wrap(functions), desk, beat: async () => {}, idle: () => space.idle() };
}
