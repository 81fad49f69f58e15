import { Stack, type StackProps } from 'aws-cdk-lib';
import { Cluster, ContainerInsights, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { accept } from '../constructs/accept.ts';
import { GpuCapacity } from '../constructs/gpu-capacity.ts';
import { isInhabited, PrivateNetwork } from '../constructs/private-network.ts';
import { clusterName } from '../constructs/space-tasks.ts';
import type { Names } from '../names.ts';

/**
 * Where tasks, a database and the functions that ask it are; empty, and free, until there are any. The way out comes with
 * what runs, once it is known where it may lead.
 */
export class NetworkStack extends Stack {
  readonly network: PrivateNetwork;
  /** Where tasks run, if any do. */
  readonly cluster: ICluster | undefined;

  constructor(scope: Construct, id: string, names: Names, props: StackProps) {
    super(scope, id, props);
    this.network = new PrivateNetwork(this, 'Network', names);
    if (!isInhabited(names.stage)) return;
    const { stage } = names;
    const cluster = new Cluster(this, 'Cluster', {
      clusterName: clusterName(names),
      vpc: this.network.vpc,
      enableFargateCapacityProviders: true,
      containerInsightsV2: stage.keepsData ? ContainerInsights.ENABLED : ContainerInsights.DISABLED,
    });
    if (!stage.keepsData) {
      accept(cluster, {
        'AwsSolutions-ECS4': 'Insights cost for each metric; they are on where data are kept.',
      });
    }
    this.cluster = cluster as ICluster;
    if (stage.tasks?.gpu) new GpuCapacity(this, 'Gpu', { names, network: this.network, cluster });
  }
}
