import { CpuArchitecture, OperatingSystemFamily, type RuntimePlatform } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Stage } from '../stages/stage.ts';

/**
 * What ECS itself does for a task: fetches its image and writes its log. Nothing in a container can take it on; CDK adds
 * the one repository and the one log.
 */
export const minimalExecutionRole = (scope: Construct): Role =>
  new Role(scope, 'ExecutionRole', {
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    description: 'Fetches the image of a task and writes its log',
  });

/** Linux on the processor of a stage. */
export const platformOf = (architecture: Stage['architecture']): RuntimePlatform => ({
  cpuArchitecture: architecture === 'arm64' ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
  operatingSystemFamily: OperatingSystemFamily.LINUX,
});
