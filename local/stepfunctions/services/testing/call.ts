import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../shared/domain/json.ts';
import { SystemClock } from '../../../../shared/system/system-clock.ts';
import { parseResource } from '../../tasks/resource.ts';
import { type ServiceCall, ServiceFailure } from '../service.ts';
import { Services, type ServicesOptions } from '../services.ts';

export const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:Machine:one';

/** A call of a state, as the engine makes it. */
export function callOf(
  resource: string,
  parameters: JsonObject,
  more: Partial<ServiceCall> = {},
): ServiceCall {
  const parsed = parseResource(resource);
  assert.ok(parsed?.kind === 'service', resource);
  return {
    resource: parsed.resource,
    parameters,
    execution: { arn: executionArn, name: 'one', roleArn: 'arn:aws:iam::000000000000:role/role' },
    state: 'State',
    token: parsed.resource.pattern === 'token' ? 'token-1' : undefined,
    id: 'attempt-1',
    signal: new AbortController().signal,
    ...more,
  };
}

export function servicesWith(
  options: Pick<ServicesOptions, 'endpoints'> & Partial<ServicesOptions>,
): Services {
  return new Services({ clock: new SystemClock(), folder: import.meta.dirname, pollMs: 1, ...options });
}

/** Starts a call, and waits for its end where the pattern says so. */
export async function carryOut(services: Services, resource: string, call: ServiceCall) {
  const service = services.find(resource);
  assert.ok(service, resource);
  const submitted = await service.start(call);
  const waits = call.resource.pattern.startsWith('sync');
  return waits ? service.finish?.(call, submitted) : submitted;
}

/** What a call failed with. */
export async function failureOf(work: Promise<unknown>) {
  const failure = await work.then(
    () => assert.fail('It should have failed.'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ServiceFailure, String(failure));
  return { error: failure.error, cause: failure.explanation, phase: failure.phase };
}
