import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { caretakers } from '../constructs/caretakers.ts';
import { EgressProxy } from '../constructs/egress-proxy.ts';
import type { PrivateNetwork } from '../constructs/private-network.ts';
import type { Reach, TasksReach } from '../constructs/reach.ts';
import { grant } from '../constructs/rights.ts';
import { RunMachine } from '../constructs/run-machine.ts';
import { SpaceTasks } from '../constructs/space-tasks.ts';
import {
  type FunctionSurroundings,
  type FunctionTraits,
  TandemFunction,
} from '../constructs/tandem-function.ts';
import type { TandemQueue } from '../constructs/tandem-queue.ts';
import { specOf } from '../deployed.ts';
import type { QueueName } from '../names.ts';
import type { Stage } from '../stages/stage.ts';
import { blobsCredentials } from './blobs-credentials.ts';
import type { NetworkStack } from './network.ts';

/** What carries runs: the state machine with its functions, what looks after runs, and the places where commands run. */
export class ExecutionStack extends Stack {
  readonly machine: RunMachine;
  /** Names of functions, without what all names begin with, and of those that nobody waits for. */
  readonly names: readonly string[];
  readonly asynchronous: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    {
      before,
      surroundings,
      queues,
      places,
      reportHost,
      ...props
    }: StackProps & {
      readonly before: Omit<Reach, 'blobsCredentials' | 'tasks'>;
      readonly surroundings: FunctionSurroundings;
      readonly queues: Readonly<Record<QueueName, TandemQueue>>;
      /** Where tasks of spaces run, if any do. */
      readonly places: NetworkStack | undefined;
      /** The name of the front door, where workers report. */
      readonly reportHost: string;
    },
  ) {
    super(scope, id, props);
    const { names } = surroundings;
    if (places?.cluster) {
      const { network, cluster } = places;
      new EgressProxy(this, 'Egress', { ...surroundings, network, cluster, reportHost });
    }
    const tasks = this.#tasks(surroundings, places?.network);
    const reach: Reach = {
      ...before,
      ...blobsCredentials(this, names.stage),
      ...(tasks ? { tasks } : {}),
    };
    const made: TandemFunction[] = [];
    const make = (name: string, traits: FunctionTraits = {}) => {
      const spec = specOf(name);
      const granted = grant(spec.rights, reach);
      const one = new TandemFunction(this, spec, { ...surroundings, granted, traits });
      made.push(one);
      return one;
    };
    const atMost = names.stage.surroundings?.stepsAtOnce;
    const step = (name: string) => make(name, atMost === undefined ? {} : { atMost }).function;
    this.machine = new RunMachine(this, 'Run', names, {
      PrepareFunction: step('task-prepare'),
      AdvanceFunction: step('task-advance'),
      DispatchFunction: step('task-dispatch'),
      AwaitFunction: step('task-await'),
      SuccessorFunction: step('task-successor'),
      FinishFunction: step('task-finish'),
    });
    const untrusted = { untrusted: true, tenantIsolation: true, variables: elsewhere(names.stage) } as const;
    make('space', untrusted);
    make('program', untrusted);
    caretakers({ names, queues, make, clusterArn: tasks?.clusterArn, machineArn: before.machine.arn });
    this.names = made.map(({ node }) => node.id);
    this.asynchronous = made.filter(({ deadLetters }) => deadLetters).map(({ node }) => node.id);
    new CfnOutput(this, 'Machine', { value: this.machine.machine.attrArn });
  }

  /** Tasks of spaces, as functions are told of them; the twin's launcher takes them from its own table. */
  #tasks(
    { names, bundles }: FunctionSurroundings,
    network: PrivateNetwork | undefined,
  ): TasksReach | undefined {
    const { surroundings, tasks } = names.stage;
    if (surroundings) {
      const { spaceTasks } = surroundings;
      const cluster = { service: 'ecs', resource: 'cluster', resourceName: spaceTasks.cluster };
      return { tasks: spaceTasks, clusterArn: this.formatArn(cluster) };
    }
    if (tasks === undefined || network === undefined) return undefined;
    return new SpaceTasks(this, 'SpaceTasks', { names, bundles, network, places: tasks }).reach;
  }
}

/** Where signed addresses lead from inside the network of the twin, whose `localhost` is somebody else's. */
function elsewhere({ surroundings }: Stage): Record<string, string> {
  return surroundings ? { TANDEM_ORIGINS: JSON.stringify(surroundings.origins) } : {};
}
