import {
  DescribeStackResourcesCommand,
  ResourceStatus,
  type Stack,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { TandemError } from '../../../../shared/errors/tandem-error.ts';
import { isOfStage } from '../stacks.ts';
import type { Aws } from './aws.ts';
import type { Held } from './held.ts';

/** A name is anybody's to give: throws `stage.failed` for stacks that are called as the stage's, and not tagged as such. */
export function assertOwn(stacks: readonly Stack[], stage: string): void {
  const strangers = stacks.filter((stack) => !isOfStage(stage, stack)).map(({ StackName = '' }) => StackName);
  if (strangers.length === 0) return;
  throw new TandemError('stage.failed', {
    message: `${strangers.join(', ')}: no tag tandem:stage=${stage}, so it may be none of Tandem's, and nothing was removed. Deploy the stage again if it is yours, which tags it; else remove it yourself or choose another stage`,
    details: { stage, stacks: strangers },
  });
}

/** Which of the things that stacks have left behind are another stack's by now: the names of those stacks, by id. */
export async function adoptedOf(aws: Aws, left: readonly Held[]): Promise<ReadonlyMap<string, string>> {
  const adopted = new Map<string, string>();
  for (const id of new Set(left.map((one) => one.id))) {
    const owner = (await resourcesBeside(aws, id)).find((one) => one.PhysicalResourceId === id && lives(one));
    if (owner !== undefined) adopted.set(id, owner.StackName ?? '');
  }
  return adopted;
}

/** Resources of the stack that something belongs to. */
async function resourcesBeside({ stacks }: Aws, id: string): Promise<readonly StackResource[]> {
  try {
    const { StackResources = [] } = await stacks.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: id }),
    );
    return StackResources;
  } catch (error) {
    // As for a stack that is not there: CloudFormation has no error of its own for what belongs to none.
    if ((error as Error).name === 'ValidationError') return [];
    throw error;
  }
}

const lives = ({ ResourceStatus: status }: StackResource): boolean =>
  status !== ResourceStatus.DELETE_SKIPPED && status !== ResourceStatus.DELETE_COMPLETE;
