import * as z from 'zod';
import { isSamePlace, machineOfArn } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import type { Route } from '../journal/catalogue.ts';
import { ServiceError } from '../service-error.ts';
import { arn } from './fields.ts';

/** Where an alias leads, as it is asked for. */
export const routing = z
  .array(z.object({ stateMachineVersionArn: arn, weight: z.int().min(0).max(100) }))
  .min(1)
  .max(2);

/** The routes asked for: to versions, each once, of one machine, whose weights give 100. Throws `ValidationException`. */
export function routesOf(
  stepFunctions: StepFunctions,
  asked: z.output<typeof routing>,
  expected?: string,
): { readonly machine: string; readonly routes: readonly Route[] } {
  const arns = asked.map((route) => route.stateMachineVersionArn);
  const weights = asked.map((route) => route.weight);
  const received = `Received: [${arns.join(', ')}]`;
  check(
    new Set(arns).size === arns.length,
    `Routing configuration must contain distinct state machine version ARNs. ${received}`,
  );
  check(
    weights.reduce((sum, weight) => sum + weight, 0) === 100,
    `Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`,
  );
  const versions = arns.map((each) => versionOf(stepFunctions, each));
  const routes: Route[] = [];
  for (const [index, version] of versions.entries()) {
    if (version === undefined) break;
    routes.push({ version: version.number, weight: weights[index] ?? 0 });
  }
  check(
    routes.length === arns.length,
    `Routing configuration must contain state machine version ARNs. ${received}`,
  );
  const machine = expected ?? versions[0]?.machine ?? '';
  check(
    versions.every((version) => version?.machine === machine),
    `Routing configuration must contain versions of the same state machine. ${received}`,
  );
  return { machine, routes };
}

function versionOf({ machines, place }: StepFunctions, versionArn: string) {
  const asked = machineOfArn(versionArn);
  if (asked === undefined || !isSamePlace(asked, place)) return undefined;
  return machines.versions.get(asked.machine, Number(asked.qualifier));
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new ServiceError('ValidationException', message);
}
