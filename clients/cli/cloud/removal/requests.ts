import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  type CloudControlClient,
  GetResourceRequestStatusCommand,
  OperationStatus,
  type ProgressEvent,
  paginateListResourceRequests,
  waitUntilResourceRequestSuccess,
} from '@aws-sdk/client-cloudcontrol';
import type { Aws } from './aws.ts';
import type { Held } from './held.ts';

/** As long as Cloud Control works on one request, in seconds. */
const longest = 86_400;

/** How a request has ended, or stands after so many seconds: that it has failed is an end as well. */
export async function endOf(
  { resources: client, pause }: Pick<Aws, 'resources' | 'pause'>,
  RequestToken: string | undefined,
  maxWaitTime: number,
): Promise<ProgressEvent> {
  try {
    await waitUntilResourceRequestSuccess({ client, maxWaitTime, ...pause }, { RequestToken });
  } catch (error) {
    const end = await statusOf(client, RequestToken);
    if (isPending(end) && (error as Error).name !== 'TimeoutError') throw error;
    return end;
  }
  return { OperationStatus: OperationStatus.SUCCESS };
}

async function statusOf(
  client: CloudControlClient,
  RequestToken: string | undefined,
): Promise<ProgressEvent> {
  const { ProgressEvent: end = {} } = await client.send(
    new GetResourceRequestStatusCommand({ RequestToken }),
  );
  return end;
}

/** Waits for what Cloud Control is doing to a resource, or a moment where somebody else does something to it. */
export async function endOfPending(aws: Aws, resource: Pick<Held, 'type' | 'id'>): Promise<void> {
  const pending = await pendingRequest(aws.resources, resource);
  // What is asked next says what has come of it.
  if (pending === undefined) await pauseFor(aws.pause.maxDelay * 1_000);
  else await endOf(aws, pending.RequestToken, longest);
}

async function pendingRequest(
  client: CloudControlClient,
  { type, id }: Pick<Held, 'type' | 'id'>,
): Promise<ProgressEvent | undefined> {
  const ResourceRequestStatusFilter = { OperationStatuses: [...pendingStatuses] };
  for await (const page of paginateListResourceRequests({ client }, { ResourceRequestStatusFilter })) {
    const found = page.ResourceRequestStatusSummaries?.find(
      (one) => one.TypeName === type && one.Identifier === id,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

const pendingStatuses = [OperationStatus.PENDING, OperationStatus.IN_PROGRESS] as const;

const isPending = ({ OperationStatus: status }: ProgressEvent): boolean =>
  pendingStatuses.some((pending) => pending === status);
