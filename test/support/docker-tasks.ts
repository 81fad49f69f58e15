import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Docker } from '../../local/compose/launcher/docker.ts';
import { Tasks } from '../../local/compose/launcher/tasks.ts';
import { EcsLauncher } from '../../shared/aws/ecs/ecs-launcher.ts';
import { tenant } from '../contract/fixtures.ts';
import { openReportServer } from '../contract/report-server.ts';
import type { LauncherUnderTest } from '../contract/task-launcher.contract.ts';
import { dockerSocket, hostOfContainers } from './docker.ts';
import { openLauncherService } from './launcher-service.ts';

/** Where tasks of tests run, and what a launcher of the twin has to know besides. */
export const common = { network: 'bridge', region: 'eu-central-1' };

export interface OpenedTasks {
  readonly tasks: Tasks;
  readonly desk: LauncherUnderTest['desk'];
  readonly address: string;
}

/** Tasks of a twin of their own, whose workers find the desk; what is left of them is removed when the test ends. */
export async function openDockerTasks(context: TestContext, image: string): Promise<OpenedTasks> {
  const { desk, address } = await openReportServer(context, '0.0.0.0');
  const { origin, port } = new URL(address);
  const environment = {
    TANDEM_ORIGINS: JSON.stringify({ [origin]: `http://${hostOfContainers()}:${port}` }),
  };
  const docker = new Docker(dockerSocket);
  const twin = `test-${process.pid}-${port}`;
  const tasks = new Tasks({ docker, ...common, twin, image, environment });
  context.after(async () => {
    for (const id of await docker.list([`tandem.twin=${twin}`])) await docker.remove(id);
  });
  return { tasks, desk, address };
}

/** The launcher that asks ECS, with the launcher of the twin in ECS's place. */
export async function ecsLauncherOver(
  context: TestContext,
  { tasks, desk, address }: OpenedTasks,
): Promise<LauncherUnderTest & { readonly launcher: EcsLauncher }> {
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
