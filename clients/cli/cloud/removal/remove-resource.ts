import {
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  type ProgressEvent,
  UpdateResourceCommand,
  waitUntilResourceRequestSuccess,
} from '@aws-sdk/client-cloudcontrol';
import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { TandemError } from '../../../../shared/errors/tandem-error.ts';
import type { Aws } from './aws.ts';
import { emptyBucket } from './empty-bucket.ts';
import type { Held } from './held.ts';
import { kinds } from './kinds.ts';

/** As long as the slowest takes, a database, in seconds. */
const patience = 3_600;

type Resource = Pick<Held, 'type' | 'id'>;

/** Removes a resource with what it holds, protected or not; one that is gone stays gone. Throws `stage.failed`. */
export async function removeResource(aws: Aws, resource: Resource): Promise<void> {
  if (resource.type === 'AWS::Logs::LogGroup') return removeLog(aws, resource.id);
  if (resource.type === 'AWS::S3::Bucket') await emptyBucket(aws.objects, resource.id);
  const name = { TypeName: resource.type, Identifier: resource.id };
  const protection = kinds[resource.type]?.protection;
  if (protection !== undefined) {
    const patch = [{ op: 'add', path: `/${protection.property}`, value: protection.off }];
    const PatchDocument = JSON.stringify(patch);
    const isThere = await asked(aws, resource, () =>
      aws.resources.send(new UpdateResourceCommand({ ...name, PatchDocument })),
    );
    if (!isThere) return;
  }
  await asked(aws, resource, () => aws.resources.send(new DeleteResourceCommand(name)));
}

/** Whether a resource that a stack has left behind is still there. */
export async function isThere({ resources, logs }: Aws, { type, id }: Resource): Promise<boolean> {
  if (type === 'AWS::Logs::LogGroup') {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }));
    return logGroups.some(({ logGroupName }) => logGroupName === id);
  }
  try {
    await resources.send(new GetResourceCommand({ TypeName: type, Identifier: id }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
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
async function asked(
  { resources: client, pause }: Aws,
  resource: Resource,
  ask: () => Promise<{ ProgressEvent?: ProgressEvent | undefined }>,
): Promise<boolean> {
  const { ProgressEvent } = await ask().catch((error: Error) => {
    if (error.name === 'ResourceNotFoundException') return { ProgressEvent: undefined };
    throw error;
  });
  if (ProgressEvent === undefined) return false;
  const request = { RequestToken: ProgressEvent.RequestToken };
  try {
    await waitUntilResourceRequestSuccess({ client, maxWaitTime: patience, ...pause }, request);
    return true;
  } catch (cause) {
    const end = await client.send(new GetResourceRequestStatusCommand(request));
    if (end.ProgressEvent?.ErrorCode === 'NotFound') return false;
    throw notRemoved(resource, end.ProgressEvent ?? {}, cause);
  }
}

function notRemoved({ type, id }: Resource, { ErrorCode, StatusMessage }: ProgressEvent, cause: unknown) {
  const reason = StatusMessage ?? ErrorCode ?? 'it takes too long';
  return new TandemError(ErrorCode === 'AccessDenied' ? 'cloud.permission' : 'stage.failed', {
    message: `The ${kinds[type]?.name ?? type} ${id} was not removed: ${reason}`,
    details: { type, id },
    cause,
  });
}
