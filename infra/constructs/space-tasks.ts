import { Duration, Stack } from 'aws-cdk-lib';
import {
  type CfnTaskDefinition,
  Compatibility,
  type ContainerImage,
  FargateTaskDefinition,
  LogDrivers,
  NetworkMode,
  TaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Stage, TaskPlaces } from '../stages/stage.ts';
import { accept } from './accept.ts';
import type { Bundles } from './bundles.ts';
import { gpuProvider } from './gpu-capacity.ts';
import { keptFor, removal } from './lifetimes.ts';
import { type PrivateNetwork, proxyPort, subnetsOf } from './private-network.ts';
import type { TasksReach } from './reach.ts';
import { tagPurpose } from './tags.ts';
import { minimalExecutionRole, platformOf } from './tasks.ts';

/** The cluster that tasks of spaces run in, and the proxy. */
export const clusterName = (names: Names): string => names.of('spaces');

/** The container of a task that runs a command. */
const container = 'space';

/** That of the image, which ECS does not look at. */
const healthCheck = {
  command: ['CMD', 'node', '-e', '0'],
  interval: Duration.seconds(30),
  timeout: Duration.seconds(10),
  startPeriod: Duration.seconds(5),
  retries: 3,
};

/** What tasks of spaces are made in. */
export interface SpaceTasksProps {
  readonly names: Names;
  readonly bundles: Bundles;
  readonly network: PrivateNetwork;
  readonly places: TaskPlaces;
}

/**
 * Tasks for commands that are too long for a function: without a role of their own (rule 10), with a root file system that
 * nobody can write to, and no way out but the proxy.
 */
export class SpaceTasks extends Construct {
  readonly reach: TasksReach;
  readonly #props: SpaceTasksProps;

  constructor(scope: Construct, id: string, props: SpaceTasksProps) {
    super(scope, id);
    tagPurpose(this, 'Long commands, each in a task of its own');
    this.#props = props;
    const { names, network, places } = props;
    const executionRole = minimalExecutionRole(this);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: names.logGroup('space-task'),
      retention: keptFor(names.stage),
      removalPolicy: removal(names.stage),
    });
    const plain = this.#fargate(executionRole);
    const gpu = places.gpu ? this.#gpu(executionRole) : undefined;
    this.#fill(plain, names.stage.architecture, logGroup);
    if (gpu) this.#fill(gpu, 'x86_64', logGroup, 1);
    const definitions = [plain, ...(gpu ? [gpu] : [])];
    this.reach = {
      tasks: {
        cluster: clusterName(names),
        taskDefinition: plain.family,
        container,
        subnets: network.vpc.selectSubnets(subnetsOf.spaces).subnetIds,
        securityGroups: [network.spaces.securityGroupId],
        capacity: [
          ...(gpu
            ? [{ provider: gpuProvider(names), taskDefinition: gpu.family, kind: 'gpu' } as const]
            : []),
          { provider: 'FARGATE_SPOT', kind: 'cpu', spot: true },
          { provider: 'FARGATE', kind: 'cpu' },
        ],
      },
      clusterArn: this.#arn('cluster', clusterName(names)),
      guarded: {
        taskDefinitionArns: definitions.map(({ family }) => this.#arn('task-definition', `${family}:*`)),
        taskArns: [this.#arn('task', `${clusterName(names)}/*`)],
        passedRoleArns: [executionRole.roleArn],
      },
    };
  }

  #arn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ecs', resource, resourceName });
  }

  #fargate(executionRole: Role): TaskDefinition {
    const { names } = this.#props;
    return new FargateTaskDefinition(this, 'Task', {
      family: names.of('space'),
      cpu: 1_024,
      memoryLimitMiB: 2_048,
      ephemeralStorageGiB: 30,
      executionRole,
      runtimePlatform: platformOf(names.stage.architecture),
    });
  }

  #gpu(executionRole: Role): TaskDefinition {
    return new TaskDefinition(this, 'GpuTask', {
      family: this.#props.names.of('space-gpu'),
      compatibility: Compatibility.MANAGED_INSTANCES,
      networkMode: NetworkMode.AWS_VPC,
      cpu: '4096',
      memoryMiB: '14336',
      executionRole,
      runtimePlatform: platformOf('x86_64'),
    });
  }

  #fill(task: TaskDefinition, on: Stage['architecture'], logGroup: LogGroup, gpuCount?: number): void {
    const { names, bundles } = this.#props;
    withoutRole(task);
    const image: ContainerImage = bundles.image('space', on);
    const writable = ['/tmp'];
    for (const path of writable) task.addVolume({ name: nameOf(path) });
    const made = task.addContainer(container, {
      image,
      ...(gpuCount ? { gpuCount } : {}),
      readonlyRootFilesystem: true,
      privileged: false,
      // The command has two seconds to end, and the worker ten to say so; a capacity that is taken away leaves two minutes.
      stopTimeout: Duration.seconds(60),
      healthCheck,
      environment: this.#environment(names),
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: container }),
    });
    made.addMountPoints(
      ...writable.map((path) => ({ containerPath: path, sourceVolume: nameOf(path), readOnly: false })),
    );
    accept(task, {
      'AwsSolutions-ECS2':
        'Where the proxy is is no secret; what is secret, the ticket, is given to each task alone.',
    });
  }

  /** Everything goes through the proxy but S3, to which a route of its own leads. */
  #environment(names: Names): Record<string, string> {
    const { region, urlSuffix } = Stack.of(this);
    const proxy = `http://egress.${names.internalDomain}:${proxyPort}`;
    return {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: proxy,
      HTTP_PROXY: proxy,
      NO_PROXY: `.s3.${region}.${urlSuffix}`,
    };
  }
}

/** CDK makes a role for every task, whose credentials a command could fetch: a space holds a ticket and nothing else. */
function withoutRole(task: TaskDefinition): void {
  task.node.tryRemoveChild('TaskRole');
  (task.node.defaultChild as CfnTaskDefinition).addPropertyDeletionOverride('TaskRoleArn');
}

const nameOf = (path: string): string => path.slice(1).replaceAll('/', '-');
