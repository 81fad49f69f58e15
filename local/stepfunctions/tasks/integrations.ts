import { describeResource } from '../services/describe.ts';
import { activity } from './activity.ts';
import type { Integration } from './integration.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { parseResource } from './resource.ts';
import { service } from './service.ts';

/** How the `Resource` of a task is called, or `undefined` for one that names nothing that could be. */
export function findIntegration(arn: string): Integration | undefined {
  const found = parseResource(arn);
  if (found === undefined) return undefined;
  if (found.kind === 'function') return lambdaFunction(arn);
  if (found.kind === 'activity') return activity(arn);
  const description = describeResource(arn);
  if (description === undefined) return undefined;
  const { service: name, action } = description;
  return name === 'lambda' && action === 'invoke' ? lambdaInvoke(description) : service(description);
}
