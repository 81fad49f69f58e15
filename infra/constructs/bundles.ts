import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';
import type { Stage } from '../stages/stage.ts';

/** What functions and tasks are made of. Tests give others, which cost nothing to make. */
export interface Bundles {
  code(spec: FunctionSpec): Code;
  /** An image that is built from a Dockerfile of `containers`. */
  image(name: 'space' | 'egress', architecture: Stage['architecture']): ContainerImage;
}
