import type { EventOf, EventType, RunEvent } from '../../domain/events.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { Saying } from '../api/transcripts.ts';
import { saidValue } from './said-value.ts';

type Teller<T extends EventType> = (
  event: EventOf<T>,
  blobs: TenantBlobs,
) => readonly Saying[] | Promise<readonly Saying[]>;

/** Nobody gives a reason for what expires. */
const why = (payload: { readonly reason?: string } | object) =>
  'reason' in payload && payload.reason !== undefined ? { reason: payload.reason } : {};

const decided =
  (decision: 'approved' | 'denied' | 'expired') =>
  ({ payload }: EventOf<'approval.approved' | 'approval.denied' | 'approval.expired'>): readonly Saying[] => {
    const { approval, operation } = payload;
    return [{ type: 'decision', approval, operation, decision, ...why(payload) }];
  };

const steered =
  (control: 'pause' | 'resume' | 'cancel') =>
  ({ payload }: EventOf<'run.paused' | 'run.resumed' | 'run.cancel-requested'>): readonly Saying[] => [
    { type: 'control', control, ...why(payload) },
  ];

/** What each type of event says. Those that are not here concern who carries the run, and not what it is about. */
const tellers: { readonly [T in EventType]?: Teller<T> } = {
  'run.created': async ({ run, payload }, blobs) => {
    const { agent, version, number, session, parent } = payload;
    return [
      {
        type: 'input',
        run,
        agent,
        version,
        number,
        ...(session === undefined ? {} : { session }),
        ...(parent ? { parent: { run: parent.run, operation: parent.operation } } : {}),
        ...(await saidValue(blobs, payload.input)),
      },
    ];
  },
  'operation.requested': async ({ payload: { operation, kind, request } }, blobs) => [
    { type: 'request', operation, kind, ...(await saidValue(blobs, request)) },
  ],
  'operation.completed': async ({ payload: { operation, record, outcome } }, blobs) => {
    const asked: Saying[] = record
      ? [{ type: 'request', operation, kind: record.kind, ...(await saidValue(blobs, record.request)) }]
      : [];
    const answer: Saying = outcome.ok
      ? { type: 'answer', operation, ok: true, ...(await saidValue(blobs, outcome.value)) }
      : { type: 'answer', operation, ok: false, error: outcome.error };
    return [...asked, answer];
  },
  'operation.interrupted': ({ payload: { operation, reason } }) => [
    { type: 'answer', operation, ok: false, error: { code: 'operation.interrupted', message: reason } },
  ],
  'approval.requested': ({ payload: { approval, operation, what, role, expiresAt } }) => [
    { type: 'approval', approval, operation, what, ...(role === undefined ? {} : { role }), expiresAt },
  ],
  'approval.approved': decided('approved'),
  'approval.denied': decided('denied'),
  'approval.expired': decided('expired'),
  'signal.received': ({ payload: { name, payload } }) => [{ type: 'signal', name, value: payload }],
  'run.paused': steered('pause'),
  'run.resumed': steered('resume'),
  'run.cancel-requested': steered('cancel'),
  'run.succeeded': async ({ payload }, blobs) => [
    { type: 'end', status: 'succeeded', ...(await saidValue(blobs, payload.output)) },
  ],
  'run.failed': ({ payload: { error } }) => [{ type: 'end', status: 'failed', error }],
  'run.cancelled': ({ payload }) => [{ type: 'end', status: 'cancelled', ...why(payload) }],
};

/** What an event says: nothing, one thing, or a request and its answer. */
export async function sayingsOf(event: RunEvent, blobs: TenantBlobs): Promise<readonly Saying[]> {
  const tell = tellers[event.type] as Teller<EventType> | undefined;
  return (await tell?.(event, blobs)) ?? [];
}
