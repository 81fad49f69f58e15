import {
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  paginateListStacks,
  ResourceStatus,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { belongsTo, isOfStage } from '../stacks.ts';
import type { Aws } from './aws.ts';

/** A resource of a stack. */
export interface Held {
  /** Its name in the template. */
  readonly logicalId: string;
  /** As CloudFormation calls it: `AWS::S3::Bucket`. */
  readonly type: string;
  /** What AWS knows it by. */
  readonly id: string;
  /** Whether the stack is gone and has left it behind. */
  readonly isLeft: boolean;
}

/** What a stack holds, or has held: `stack` is its id. */
export async function heldBy({ stacks: client }: Aws, stack: string): Promise<readonly Held[]> {
  const held: Held[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
    for (const resource of page.StackResourceSummaries ?? []) {
      const { LogicalResourceId: logicalId, ResourceType: type, PhysicalResourceId: id } = resource;
      if (logicalId === undefined || type === undefined || !id) continue;
      const isLeft = resource.ResourceStatus === ResourceStatus.DELETE_SKIPPED;
      held.push({ logicalId, type, id, isLeft });
    }
  }
  return held;
}

/** Names, in the template, of what a stack leaves behind when it goes. */
export async function keptBy({ stacks: client }: Aws, stack: string): Promise<ReadonlySet<string>> {
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: stack }));
  const { Resources = {} } = JSON.parse(TemplateBody) as {
    Resources?: Readonly<Record<string, { readonly DeletionPolicy?: string }>>;
  };
  const kept = Object.entries(Resources).filter(([, one]) => one.DeletionPolicy?.startsWith('Retain'));
  return new Set(kept.map(([name]) => name));
}

/** Ids of stacks of a stage that are gone; CloudFormation remembers them for 90 days. */
export async function goneStacks({ stacks: client }: Aws, stage: string): Promise<readonly string[]> {
  const filter = { StackStatusFilter: [StackStatus.DELETE_COMPLETE] };
  const ids: string[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client }, filter)) {
    for (const { StackName, StackId } of StackSummaries) {
      if (StackId === undefined || !belongsTo(stage, StackName)) continue;
      // The list does not tell tags.
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: StackId }));
      if (Stacks.some((stack) => isOfStage(stage, stack))) ids.push(StackId);
    }
  }
  return ids;
}
