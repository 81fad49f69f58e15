import type { RunEvent } from '../../shared/domain/events.ts';
import type { EventPage } from '../../shared/protocol/events.ts';
import type { PatientClient } from './patient-client.ts';

/** The whole log of a run. */
export async function allEvents(client: PatientClient, run: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (let more = true; more; ) {
    const after = events.at(-1)?.seq ?? 0;
    const { data } = await client.ask<EventPage>('GET', `/v1/runs/${run}/events?after=${after}`);
    events.push(...((data?.events ?? []) as unknown as RunEvent[]));
    more = data?.more === true;
  }
  return events;
}

/** Every item of a list, page by page. */
export async function allItems<T>(client: PatientClient, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const query = `limit=200${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const { data } = await client.ask<{ items: T[]; cursor?: string }>('GET', `${path}?${query}`);
    items.push(...(data?.items ?? []));
    cursor = data?.cursor;
  } while (cursor !== undefined);
  return items;
}
