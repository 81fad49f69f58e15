import type { Stack } from '@aws-sdk/client-cloudformation';
import { findStacks, inOrderOfRemoval, stageAbsent } from '../stacks.ts';
import { adoptedOf, assertOwn } from './adopted.ts';
import type { Aws } from './aws.ts';
import { emptyBucket } from './empty-bucket.ts';
import { goneStacks, type Held, heldBy, keptBy } from './held.ts';
import { inTheWay, kinds } from './kinds.ts';
import { removeResource } from './remove-resource.ts';
import { removeStack } from './remove-stack.ts';
import { type Stay, whatAwsKeeps, whatIsLeft, whatOthersHold } from './what-stays.ts';

/** A stage that is to be removed, as it is found. */
export interface StandingStage {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  /** In the order in which they go. */
  readonly stacks: readonly Stack[];
  /** Ids of those that are gone already. */
  readonly gone: readonly string[];
}

export interface Removal {
  /** Whether what the stage keeps goes as well, for good. */
  readonly deletesData: boolean;
  /** Told what is being done. */
  readonly onStep: (what: string) => void;
  /** Told what is gone. */
  readonly onRemoved: (what: string) => void;
}

/** Throws `stage.absent` where a stage never was, or has been gone for 90 days; `stage.failed` where its names are taken. */
export async function findStage(
  aws: Aws,
  where: Pick<StandingStage, 'stage' | 'account' | 'region'>,
): Promise<StandingStage> {
  const stacks = inOrderOfRemoval(await findStacks(aws.stacks, where.stage));
  assertOwn(stacks, where.stage);
  const gone = await goneStacks(aws, where.stage);
  if (stacks.length + gone.length === 0) throw stageAbsent(where.stage);
  return { ...where, stacks, gone };
}

/**
 * Removes a stage and answers what stays. What is gone stays gone: after a failure the same call goes on. Throws
 * `stage.failed` or `cloud.permission`.
 */
export async function removeStage(
  aws: Aws,
  standing: StandingStage,
  removal: Removal,
): Promise<readonly Stay[]> {
  for (const stack of standing.stacks) await removeOne(aws, stack, removal);
  const now = await heldByAll(
    aws,
    standing.stacks.flatMap(({ StackId }) => StackId ?? []),
  );
  const before = await heldByAll(aws, standing.gone);
  const adopted = await adoptedOf(aws, before.filter(isKept));
  const held = [...now, ...before];
  const left = held.filter((one) => isKept(one) && !adopted.has(one.id));
  if (removal.deletesData) await removeAll(aws, left, removal);
  const stays = removal.deletesData ? [] : await whatIsLeft(aws, left);
  // Who keeps data keeps the logs about them.
  if (stays.length === 0) for (const log of logsOfAws(held, standing.stage)) await removeResource(aws, log);
  const removed = removal.deletesData ? [...now, ...left] : now.filter(({ isLeft }) => !isLeft);
  return [...stays, ...whatOthersHold(adopted), ...whatAwsKeeps(removed, standing)];
}

const isKept = ({ isLeft, type }: Held): boolean => isLeft && kinds[type] !== undefined;

async function heldByAll(aws: Aws, stacks: readonly string[]): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (const stack of stacks) held.push(...(await heldBy(aws, stack)));
  return held;
}

/** One stack, and before it what it could not go with. */
async function removeOne(aws: Aws, stack: Stack, removal: Removal): Promise<void> {
  const { StackName: name = '', StackId: id = name } = stack;
  const kept = removal.deletesData ? undefined : await keptBy(aws, id);
  const goes = (await heldBy(aws, id)).filter(({ logicalId }) => !kept?.has(logicalId));
  if (removal.deletesData) {
    await removeAll(
      aws,
      goes.filter(({ type }) => inTheWay.includes(type)),
      removal,
    );
  }
  for (const { type, id: bucket } of goes) {
    if (type !== 'AWS::S3::Bucket') continue;
    removal.onStep(`empties ${bucket}`);
    await emptyBucket(aws.objects, bucket, (versions) =>
      removal.onStep(`empties ${bucket}: ${versions} gone`),
    );
  }
  removal.onStep(`removes ${name}`);
  await removeStack(aws, stack);
  removal.onRemoved(name);
}

/** Side by side within a kind, and kind after kind. */
async function removeAll(
  aws: Aws,
  resources: readonly Pick<Held, 'type' | 'id'>[],
  { onStep, onRemoved }: Removal,
): Promise<void> {
  for (const [type, { name }] of Object.entries(kinds)) {
    const ids = [...new Set(resources.filter((one) => one.type === type).map(({ id }) => id))];
    if (ids.length === 0) continue;
    onStep(`removes what is left: ${name}`);
    if (type === 'AWS::Logs::LogGroup') for (const id of ids) await removeResource(aws, { type, id });
    else await Promise.all(ids.map((id) => removeResource(aws, { type, id })));
    onRemoved(ids.length === 1 ? `${name} ${ids[0]}` : `${ids.length} of the kind “${name}”`);
  }
}

/** Logs that services of AWS make by themselves for what the stage held, also after a stack has removed its own. */
function logsOfAws(held: readonly Held[], stage: string): readonly Pick<Held, 'type' | 'id'>[] {
  return held.flatMap(({ type, id }) => {
    if (type === 'AWS::ApiGateway::RestApi') {
      return [{ type: 'AWS::Logs::LogGroup', id: `API-Gateway-Execution-Logs_${id}/${stage}` }];
    }
    if (type === 'AWS::ECS::Cluster') {
      return [{ type: 'AWS::Logs::LogGroup', id: `/aws/ecs/containerinsights/${id}/performance` }];
    }
    return [];
  });
}
