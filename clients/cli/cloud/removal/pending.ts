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
const patience = 86_400;

/** Waits for what Cloud Control is doing to a resource, or a moment where somebody else does something to it. */
export async function endOfPending(
  { resources: client, pause }: Aws,
  resource: Pick<Held, 'type' | 'id'>,
): Promise<void> {
  const pending = await pendingRequest(client, resource);
  if (pending === undefined) return pauseFor(pause.maxDelay * 1_000);
  const request = { RequestToken: pending.RequestToken };
  try {
    await waitUntilResourceRequestSuccess({ client, maxWaitTime: patience, ...pause }, request);
  } catch (error) {
    // That it has failed is its end as well: what is asked next says why.
    const { ProgressEvent: end } = await client.send(new GetResourceRequestStatusCommand(request));
    if (isPending(end)) throw error;
  }
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

const isPending = (request?: ProgressEvent): boolean =>
  pendingStatuses.some((status) => status === request?.OperationStatus);
