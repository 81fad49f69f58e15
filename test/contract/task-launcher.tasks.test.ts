import { type ChildProcess, spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Tasks } from '../../local/compose/launcher/tasks.ts';
import { ourImage } from '../support/docker.ts';
import { common, ecsLauncherOver, openDockerTasks } from '../support/docker-tasks.ts';
import { FakeDocker, type Made } from '../support/fake-docker.ts';
import { reportAbsent, reportAdapter } from './adapters-report.ts';
import { openReportServer } from './report-server.ts';
import { describeTaskLauncher } from './task-launcher.contract.ts';

const worker = fileURLToPath(new URL('../../containers/space/main.ts', import.meta.url));

/** The container's process, with nothing around it. */
function startWorker({ Env }: Made): ChildProcess {
  const env = Object.fromEntries(
    Env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return spawn(process.execPath, ['--no-warnings', worker], { env, stdio: 'ignore' });
}

describeTaskLauncher('tasks, as processes', async (context: TestContext) => {
  const { docker } = await FakeDocker.open(context, startWorker);
  const { desk, address } = await openReportServer(context);
  const tasks = new Tasks({ docker, ...common, twin: 'test', image: 'none', environment: {} });
  return ecsLauncherOver(context, { tasks, desk, address });
});

const adapter = 'tasks, in Docker';
const found = ourImage('space');
if ('absent' in found) reportAbsent(adapter, found.absent);
else {
  reportAdapter({ adapter, against: `containers of ${found.image}` });
  describeTaskLauncher(adapter, async (context: TestContext) =>
    ecsLauncherOver(context, await openDockerTasks(context, found.image)),
  );
}
