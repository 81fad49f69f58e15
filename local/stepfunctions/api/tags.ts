import * as z from 'zod';
import { isSamePlace, type Place, partsOfArn } from '../arns.ts';
import type { StepFunctions } from '../engine.ts';
import { activityResource, machineResource, maxTags } from '../machines/tags.ts';
import { ServiceError } from '../service-error.ts';
import { arn, invalidArn } from './fields.ts';
import { operation } from './operation.ts';

const key = z.string().min(1).max(128);

export const tags = z.array(z.object({ key, value: z.string().max(256) }));

export const tagResource = operation(z.object({ resourceArn: arn, tags }), async (stepFunctions, asked) => {
  const resource = taggable(stepFunctions, asked.resourceArn);
  if (!stepFunctions.machines.tags.add(resource, asked.tags)) throw tooMany();
  await stepFunctions.journal.settled();
  return {};
});

export const untagResource = operation(
  z.object({ resourceArn: arn, tagKeys: z.array(key) }),
  async (stepFunctions, asked) => {
    stepFunctions.machines.tags.remove(taggable(stepFunctions, asked.resourceArn), asked.tagKeys);
    await stepFunctions.journal.settled();
    return {};
  },
);

export const listTagsForResource = operation(z.object({ resourceArn: arn }), (stepFunctions, asked) => ({
  tags: stepFunctions.machines.tags.of(taggable(stepFunctions, asked.resourceArn)),
}));

/** Refuses more tags than a new resource may have. */
export function checkTagCount(given: readonly { readonly key: string }[]): void {
  if (new Set(given.map((tag) => tag.key)).size > maxTags) throw tooMany();
}

/** State machines and activities have tags; versions and aliases have none. */
function taggable(stepFunctions: StepFunctions, resourceArn: string): string {
  const parts = partsOfArn(resourceArn);
  if (parts === undefined) return invalidArn(resourceArn, []);
  const { type, names, region, account } = parts;
  const place: Place = { region, account };
  const [name = '', ...more] = names;
  const isHere = more.length === 0 && isSamePlace(place, stepFunctions.place);
  if (isHere && type === 'stateMachine' && stepFunctions.machines.get(name)?.status === 'ACTIVE') {
    return machineResource(name);
  }
  if (isHere && type === 'activity' && stepFunctions.activities.get(name)) return activityResource(name);
  throw new ServiceError('ResourceNotFound', `Resource not found: '${resourceArn}'`);
}

function tooMany(): ServiceError {
  return new ServiceError('TooManyTags', `A resource has at most ${maxTags} tags.`);
}
