import { setTimeout as pause } from 'node:timers/promises';
import { TandemClient } from '../../../clients/sdk/client.ts';
import { platform, stranger } from '../callers.ts';
import type { Caller, Deployment } from '../deployment.ts';
import { ask, type Project } from './docker.ts';
import { workedOff } from './queues.ts';

const url = 'http://localhost:4400';

/** How often it is looked whether the stack is deployed, in milliseconds. */
const lookEveryMs = 500;

/** The Compose twin, which somebody has brought up and will take down. */
export interface ComposeDeployment extends Deployment {
  readonly project: Project;
  /** Resolves when the stack is deployed and requests are answered. */
  deployed(): Promise<void>;
}

/** The Compose twin of a project, deployed. */
export async function composeDeployment(project: Project): Promise<ComposeDeployment> {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (caller: Caller): Promise<string> => {
    const { tenant, subject, roles } = caller;
    const key = JSON.stringify([tenant, subject, roles]);
    const who = ['--tenant', tenant, '--subject', subject, '--roles', roles.join(',')];
    const token = tokens.get(key) ?? project.compose('exec', '-T', 'identity', 'tandem-token', ...who);
    tokens.set(key, token);
    return token;
  };
  const deployed = async (): Promise<void> => {
    while (!(await isDeployed(project))) await pause(lookEveryMs);
  };
  await deployed();
  const outside = new TandemClient({ url, token: await tokenOf(platform) });
  for (const tenant of ['local', stranger.tenant]) await outside.createTenant({ tenant });
  return {
    project,
    deployed,
    home: await hostOf(project),
    connect: async (caller) => ({ url, token: await tokenOf(caller) }),
    async restart() {
      await workedOff();
      await project.down();
      await project.compose('up', '-d', '--no-build');
      await deployed();
    },
    async kill() {
      await project.kill(await project.everything());
    },
    async start() {
      await project.compose('up', '-d', '--no-build');
      await deployed();
    },
    // Whoever has brought it up takes it down.
    [Symbol.asyncDispose]: async () => {},
  };
}

/** The deployer tells by its health, and every request by its answer, whether all of it is there. */
async function isDeployed(project: Project): Promise<boolean> {
  if ((await project.health('deployer').catch(() => 'starting')) !== 'healthy') return false;
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** The address by which the containers of the twin reach this machine. */
function hostOf(project: Project): Promise<string> {
  return ask('docker', [
    'network',
    'inspect',
    '-f',
    '{{(index .IPAM.Config 0).Gateway}}',
    `${project.name}_default`,
  ]);
}
