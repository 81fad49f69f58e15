import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionSpec } from '../../functions/deployed/function-spec.ts';

/** What functions and tasks are made of. Tests give others, which cost nothing to make. */
export interface Bundles {
  code(spec: FunctionSpec): Code;
}
