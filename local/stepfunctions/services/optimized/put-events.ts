import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import type { SdkAnswer } from '../sdk/sdk.ts';
import { type ServiceCall, ServiceFailure } from '../service.ts';
import { phaseOf } from '../tools.ts';
import type { Refinement } from './request.ts';

/** Events that were not taken in fail the task; those taken in name where they come from. */
export const putEvents: Refinement = {
  prepare: ({ parameters, execution }) => {
    const { Entries: entries = null } = parameters;
    if (!Array.isArray(entries)) return parameters;
    const origin = originOf(execution.arn);
    return { ...parameters, Entries: entries.map((entry: Json) => withOrigin(entry, origin)) };
  },
  result: ({ result }: SdkAnswer, { resource }: ServiceCall) => {
    const { FailedEntryCount: failed = 0 } = result;
    if (failed === 0) return result;
    const cause = JSON.stringify(result);
    throw new ServiceFailure({ error: 'EventBridge.FailedEntry', cause, phase: phaseOf(resource.pattern) });
  },
};

function withOrigin(entry: Json, origin: readonly string[]): Json {
  if (!isObject(entry)) return entry;
  const { Resources: resources } = entry;
  return {
    ...entry,
    Resources: [...(Array.isArray(resources) ? (resources as readonly Json[]) : []), ...origin],
  } satisfies JsonObject;
}

/** The execution's ARN, and that of its machine. */
function originOf(executionArn: string): readonly string[] {
  const [arn, partition, service, region, account, , machine] = executionArn.split(':');
  return [executionArn, [arn, partition, service, region, account, 'stateMachine', machine].join(':')];
}
