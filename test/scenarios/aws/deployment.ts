import { outputsOf, stacksOf } from '../../../clients/cli/cloud/stacks.ts';
import { TandemClient } from '../../../clients/sdk/client.ts';
import { platform, stranger } from '../callers.ts';
import { composeDeployment } from '../compose/deployment.ts';
import { Project } from '../compose/docker.ts';
import type { Deployment } from '../deployment.ts';
import { stopExecutions } from './executions.ts';
import { People } from './people.ts';
import { stopTasks } from './tasks.ts';

type Outputs = ReadonlyMap<string, string>;

/**
 * A stage, found by what its stacks say of themselves. Nobody can end a region: an outage is that every execution and task
 * ends, and there is no restart in good order.
 */
export async function awsDeployment(stage: string): Promise<Deployment> {
  const outputs = outputsOf(await stacksOf(stage));
  const machine = needed(outputs, 'Machine');
  const around = stage === 'twin' ? await aroundTwin() : await aroundStage(stage, outputs);
  return {
    ...around,
    restart: () => Promise.reject(new Error('A stage has no restart in good order')),
    async kill() {
      await Promise.all([stopExecutions(machine), around.stopWorkers()]);
    },
    // The reconciler starts what goes on.
    start: async () => {},
  };
}

type Around = Pick<Deployment, 'connect' | 'home' | typeof Symbol.asyncDispose> & {
  stopWorkers(): Promise<void>;
};

async function aroundStage(stage: string, outputs: Outputs): Promise<Around> {
  const url = needed(outputs, 'ApiUrl').replace(/\/$/, '');
  const live = outputs.get('LiveUrl');
  const people = new People({
    issuer: needed(outputs, 'Issuer'),
    commandLineClient: needed(outputs, 'CommandLineClient'),
    platformClient: needed(outputs, 'PlatformClient'),
  });
  const outside = new TandemClient({ url, token: await people.token(platform) });
  for (const tenant of ['local', stranger.tenant]) await outside.createTenant({ tenant });
  return {
    // Functions are told of no address of this machine: scenarios that need one are left out.
    home: 'localhost',
    connect: async (caller) => ({ url, token: await people.token(caller), ...(live ? { live } : {}) }),
    stopWorkers: () => stopTasks(`tandem-${stage}-spaces`),
    [Symbol.asyncDispose]: () => people[Symbol.asyncDispose](),
  };
}

/** The stage in LocalStack has no user pool and no cluster: containers of the Compose project are in their place. */
async function aroundTwin(): Promise<Around> {
  const project = new Project(process.env['COMPOSE_PROJECT_NAME'] ?? 'tandem');
  const { connect, home, [Symbol.asyncDispose]: dispose } = await composeDeployment(project);
  return {
    connect,
    home,
    stopWorkers: async () => project.kill(await project.workers('running')),
    [Symbol.asyncDispose]: dispose,
  };
}

function needed(outputs: Outputs, name: string): string {
  const value = outputs.get(name);
  if (value !== undefined) return value;
  throw new Error(`The stacks of the stage have no output ${name}: \`npx tandem deploy\` brings it`);
}
