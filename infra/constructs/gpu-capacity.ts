import { Size } from 'aws-cdk-lib';
import { AcceleratorManufacturer, AcceleratorType } from 'aws-cdk-lib/aws-ec2';
import { type Cluster, ManagedInstancesCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { accept } from './accept.ts';
import { type PrivateNetwork, subnetsOf } from './private-network.ts';
import { tagPurpose } from './tags.ts';

/** The capacity provider's name; those of Fargate cannot be chosen. */
export const gpuProvider = (names: Names): string => names.of('gpu');

/**
 * Instances with a GPU that ECS itself starts for a task and ends after it, and patches meanwhile: none is there at rest.
 * Tasks fall back to a processor where none can be had.
 */
export class GpuCapacity extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { names, network, cluster }: { names: Names; network: PrivateNetwork; cluster: Cluster },
  ) {
    super(scope, id);
    tagPurpose(this, 'Machines with a GPU, for tasks');
    const infrastructureRole = new Role(this, 'Infrastructure', {
      assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
      description: 'Lets ECS start and end instances with a GPU',
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('AmazonECSInfrastructureRolePolicyForManagedInstances'),
      ],
    });
    accept(infrastructureRole, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonECSInfrastructureRolePolicyForManagedInstances]':
        'ECS adds to what it needs for its instances, and AWS keeps this very policy in step.',
    });
    const provider = new ManagedInstancesCapacityProvider(this, 'Provider', {
      capacityProviderName: gpuProvider(names),
      infrastructureRole,
      subnets: network.vpc.selectSubnets(subnetsOf.spaces).subnets,
      securityGroups: [network.spaces],
      taskVolumeStorage: Size.gibibytes(80),
      instanceRequirements: {
        vCpuCountMin: 4,
        vCpuCountMax: 16,
        memoryMin: Size.gibibytes(16),
        acceleratorTypes: [AcceleratorType.GPU],
        acceleratorManufacturers: [AcceleratorManufacturer.NVIDIA],
        acceleratorCountMin: 1,
        acceleratorCountMax: 1,
      },
    });
    accept(provider, {
      'AwsSolutions-IAM5[Resource::*]':
        'What the ECS agent of an instance asks for to join its cluster; containers are kept from its credentials.',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:container-instance/*]':
        'An instance knows its own name only once it has joined; the condition names the cluster.',
    });
    cluster.addManagedInstancesCapacityProvider(provider);
  }
}
