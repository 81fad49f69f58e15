import { type ChildProcess, spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Docker } from '../../local/compose/launcher/docker.ts';
import { Tasks } from '../../local/compose/launcher/tasks.ts';
import { EcsLauncher } from '../../shared/aws/ecs/ecs-launcher.ts';
import { dockerSocket, hostOfContainers, spaceImage } from '../support/docker.ts';
import { FakeDocker, type Made } from '../support/fake-docker.ts';
import { openLauncherService } from '../support/launcher-service.ts';
import { reportAbsent, reportAdapter } from './adapters-report.ts';
import { tenant } from './fixtures.ts';
import { openReportServer } from './report-server.ts';
import { describeTaskLauncher, type LauncherUnderTest } from './task-launcher.contract.ts';

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
  return under({ context, tasks, desk, address });
});

const common = { network: 'bridge', region: 'eu-central-1' };

const found = spaceImage();
if ('absent' in found) reportAbsent('tasks, in Docker', found.absent);
else {
  const adapter = 'tasks, in Docker';
  reportAdapter({ adapter, against: `containers of ${found.image}` });
  describeTaskLauncher(adapter, async (context: TestContext) => {
    const { desk, address } = await openReportServer(context, '0.0.0.0');
    const { origin, port } = new URL(address);
    const environment = {
      TANDEM_ORIGINS: JSON.stringify({ [origin]: `http://${hostOfContainers()}:${port}` }),
    };
    const docker = new Docker(dockerSocket);
    const twin = `contract-${port}`;
    const tasks = new Tasks({ docker, ...common, twin, image: found.image, environment });
    context.after(async () => {
      for (const id of await docker.list([`tandem.twin=${twin}`])) await docker.remove(id);
    });
    return under({ context, tasks, desk, address });
  });
}

interface Opened {
  readonly context: TestContext;
  readonly tasks: Tasks;
  readonly desk: LauncherUnderTest['desk'];
  readonly address: string;
}

async function under({ context, tasks, desk, address }: Opened): Promise<LauncherUnderTest> {
  const launcher = new EcsLauncher({
    client: await openLauncherService(context, tasks),
    tasks: {
      cluster: 'spaces',
      taskDefinition: 'space',
      container: 'worker',
      subnets: [],
      securityGroups: [],
      capacity: [],
    },
    report: address,
    lookMs: 100,
  });
  const idle = async (operation: number) => {
    while (await launcher.launched({ tenant, run: 'run_desk', operation })) await pause(100);
  };
  // Real workers beat by themselves.
  return { launcher, desk, beat: async () => {}, idle };
}
