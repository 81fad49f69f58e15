import type { Webhook } from '../audit/records.ts';
import type { WebhookEvent, webhookTest } from './events.ts';
import type { Notice } from './notices.ts';

/** One message on its way to one webhook. It is not in the logs: what it tells is. */
export interface Delivery {
  readonly tenant: string;
  readonly webhook: string;
  /** The run that it tells of: it is removed with it. */
  readonly run?: string;
  /** Id: the same for every attempt, and for a replay; `webhook-id` of the request. Sorts by time. */
  readonly delivery: string;
  readonly event: WebhookEvent | typeof webhookTest;
  /** A CloudEvent as JSON text: what is signed is what is sent, every time. */
  readonly body: string;
  readonly status: 'pending' | 'delivered' | 'dead';
  readonly createdAt: string;
  /** Since it was made or last replayed. */
  readonly attempts: number;
  /** When the next attempt is due; while it is pending. */
  readonly dueAt?: string;
  /** The last attempt. */
  readonly last?: Attempt;
  /** From 1, one more with every change: whoever changes what has changed meanwhile fails. */
  readonly revision: number;
}

export interface Attempt {
  readonly at: string;
  /** Milliseconds. */
  readonly took: number;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
  /** How its body begins. */
  readonly answer?: string;
  /** Why it failed. */
  readonly error?: string;
}

/** What a webhook is to be sent of an event. Derived ids: the same event makes the same message. */
export function deliveryOf(
  notice: Notice,
  { tenant, webhook }: Pick<Webhook, 'tenant' | 'webhook'>,
  createdAt: string,
): Delivery {
  return {
    tenant,
    webhook,
    ...(notice.run === undefined ? {} : { run: notice.run }),
    delivery: `${deliveriesOf(notice.id)}${bare(webhook)}`,
    event: notice.event,
    body: JSON.stringify(cloudEvent(tenant, notice)),
    status: 'pending',
    createdAt,
    attempts: 0,
    dueAt: createdAt,
    revision: 1,
  };
}

/** How the ids of all deliveries begin that tell an event. */
export const deliveriesOf = (event: string): string => `dlv_${bare(event)}-`;

/** CloudEvents 1.0, structured mode. */
function cloudEvent(tenant: string, { id, event, at, subject, sequence, data }: Notice): object {
  return {
    specversion: '1.0',
    id,
    source: `/tenants/${encodeURIComponent(tenant)}`,
    type: event,
    ...(subject === undefined ? {} : { subject }),
    time: at,
    datacontenttype: 'application/json',
    // An extension of CloudEvents, a text of its own sort: what comes later in a log compares as later.
    ...(sequence === undefined ? {} : { sequence: String(sequence).padStart(10, '0') }),
    data,
  };
}

const bare = (id: string): string => id.slice(id.indexOf('_') + 1);

/** Pauses after the first, second … attempt that failed, in seconds: ten attempts within two days. */
const pauses = [5, 30, 120, 600, 1_800, 7_200, 18_000, 43_200, 86_400];

/** A fifth more or less, so that what failed together does not come back together. */
const spread = 0.2;

/** Milliseconds until the next attempt; `undefined` when there is none. `random` in [0, 1). */
export function pauseAfter(attempts: number, random: number): number | undefined {
  const seconds = pauses[attempts - 1];
  return seconds === undefined ? undefined : Math.round(seconds * 1_000 * (1 - spread + 2 * spread * random));
}
