import * as z from 'zod';
import { queryInteger, runId } from '../../../shared/protocol/primitives.ts';
import { erase, erasedPayload, retention, setRetention } from '../../../shared/protocol/retention.ts';
import { schema } from '../../../shared/protocol/schema.ts';
import { admin, user } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

/** How long runs are kept, and what goes before that. */
export const retentionRoutes = {
  getRetention: defineRoute({
    ...user,
    method: 'GET',
    path: '/v1/retention',
    summary: 'Get how long runs are kept after their end',
    status: 200,
    response: retention,
  }),
  setRetention: defineRoute({
    ...admin,
    method: 'PUT',
    path: '/v1/retention',
    summary: 'Say how long runs are kept after their end',
    body: setRetention,
    status: 200,
    response: retention,
  }),
  erasePayload: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/runs/{run}/events/{seq}/erasure',
    summary: 'Erase what an event of an ended run said, for good',
    params: schema(() => z.strictObject({ run: runId(), seq: queryInteger(1, Number.MAX_SAFE_INTEGER) })),
    body: erase,
    idempotent: 'by-nature',
    status: 200,
    errors: ['run.not-ended'],
    response: erasedPayload,
  }),
} satisfies Record<string, Route>;
