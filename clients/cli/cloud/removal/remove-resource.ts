import {
  DeleteResourceCommand,
  GetResourceCommand,
  OperationStatus,
  type ProgressEvent,
  UpdateResourceCommand,
} from '@aws-sdk/client-cloudcontrol';
import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { TandemError } from '../../../../shared/errors/tandem-error.ts';
import type { Aws } from './aws.ts';
import { emptyBucket } from './empty-bucket.ts';
import type { Held } from './held.ts';
import { kinds } from './kinds.ts';
import { endOf, endOfPending } from './requests.ts';

/** As long as the slowest takes, a database, in seconds. */
const patience = 3_600;

/** How often something is asked for while something else is being done to the resource. */
const asksAtMost = 5;

type Resource = Pick<Held, 'type' | 'id'>;
type Ask = () => Promise<{ ProgressEvent?: ProgressEvent | undefined }>;

/** Removes a resource with what it holds, protected or not; one that is gone stays gone. Throws `stage.failed`. */
export async function removeResource(aws: Aws, resource: Resource): Promise<void> {
  if (resource.type === 'AWS::Logs::LogGroup') return removeLog(aws, resource.id);
  if (resource.type === 'AWS::S3::Bucket') await emptyBucket(aws.objects, resource.id);
  const name = { TypeName: resource.type, Identifier: resource.id };
  const protection = kinds[resource.type]?.protection;
  if (protection !== undefined) {
    const properties = await propertiesOf(aws, resource);
    if (properties === undefined) return;
    if (properties[protection.property] !== protection.off) {
      const patch = [{ op: 'add', path: `/${protection.property}`, value: protection.off }];
      const PatchDocument = JSON.stringify(patch);
      const wasThere = await asked(aws, resource, () =>
        aws.resources.send(new UpdateResourceCommand({ ...name, PatchDocument })),
      );
      if (!wasThere) return;
    }
  }
  await asked(aws, resource, () => aws.resources.send(new DeleteResourceCommand(name)));
}

/** Whether a resource that a stack has left behind is still there. */
export async function isThere(aws: Aws, resource: Resource): Promise<boolean> {
  if (resource.type !== 'AWS::Logs::LogGroup') return (await propertiesOf(aws, resource)) !== undefined;
  const { id } = resource;
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }));
  return logGroups.some(({ logGroupName }) => logGroupName === id);
}

/** What a resource is like, by the names of CloudFormation; `undefined`: it is gone. */
async function propertiesOf(
  { resources }: Aws,
  { type, id }: Resource,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const found = await resources.send(new GetResourceCommand({ TypeName: type, Identifier: id }));
    return JSON.parse(found.ResourceDescription?.Properties ?? '{}');
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** There are more than a hundred: asked directly, each takes no time. */
async function removeLog({ logs }: Aws, name: string): Promise<void> {
  try {
    await logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error;
  }
}

/** Waits for what was asked to be done; whether the resource was there at all. */
async function asked(aws: Aws, resource: Resource, ask: Ask): Promise<boolean> {
  const request = await begun(aws, resource, ask);
  if (request === undefined) return false;
  const end = await endOf(aws, request.RequestToken, patience);
  if (end.OperationStatus === OperationStatus.SUCCESS) return true;
  if (end.ErrorCode === 'NotFound') return false;
  throw notRemoved(resource, end);
}

/**
 * The request, once it is taken; `undefined`: the resource is gone. One that a call before this one has made, and that was
 * cut off, may still be worked on: it is waited for, whatever comes of it.
 */
async function begun(aws: Aws, resource: Resource, ask: Ask): Promise<ProgressEvent | undefined> {
  for (let time = 1; ; time++) {
    try {
      return (await ask()).ProgressEvent;
    } catch (error) {
      const { name, message } = error as Error;
      if (name === 'ResourceNotFoundException') return undefined;
      if (name !== 'ConcurrentOperationException') throw error;
      if (time === asksAtMost) throw notRemoved(resource, { StatusMessage: message }, error);
      await endOfPending(aws, resource);
    }
  }
}

function notRemoved({ type, id }: Resource, { ErrorCode, StatusMessage }: ProgressEvent, cause?: unknown) {
  const reason = StatusMessage ?? ErrorCode ?? 'it takes too long';
  return new TandemError(ErrorCode === 'AccessDenied' ? 'cloud.permission' : 'stage.failed', {
    message: `The ${kinds[type]?.name ?? type} ${id} was not removed: ${reason}`,
    details: { type, id },
    cause,
  });
}
