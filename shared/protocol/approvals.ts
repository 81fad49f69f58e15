import * as z from 'zod';
import { page } from './envelope.ts';
import { json } from './json.ts';
import {
  agentName,
  approvalId,
  digest,
  pageQuery,
  reason,
  runId,
  timeRange,
  timestamp,
} from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** `void`: the run ended before anybody decided. */
export const approvalStatus = schema(() =>
  z
    .enum(['pending', 'approved', 'denied', 'expired', 'void'])
    .meta({ id: 'ApprovalStatus', description: '`void`: the run ended before anybody decided' }),
);

/** A human's decision on one exact operation. */
export const approval = schema(() =>
  z
    .object({
      tenant: z.string(),
      approval: approvalId(),
      run: runId(),
      agent: agentName(),
      /** Number of the operation in its run, from 1. */
      operation: z.int(),
      /** Of the exact operation that the decision is bound to. */
      hash: digest(),
      status: approvalStatus(),
      what: z.string(),
      why: z.string().exactOptional(),
      impact: z.string().exactOptional(),
      /** Role that the person who decides needs. */
      role: z.string().exactOptional(),
      details: json().exactOptional(),
      requestedAt: timestamp(),
      expiresAt: timestamp(),
      decidedAt: timestamp().exactOptional(),
      decidedBy: z.string().exactOptional(),
      reason: z.string().exactOptional(),
    })
    .meta({ id: 'Approval', description: "A human's decision on one exact operation" }),
);

export type Approval = Inferred<typeof approval>;

/** Body of `POST /v1/approvals/{approval}/approve` and `…/deny`. */
export const decide = schema(() =>
  z
    .strictObject({ reason: reason().exactOptional() })
    .meta({ id: 'Decide', description: 'Why somebody decides so' }),
);

/** Query of `GET /v1/approvals`. */
export const approvalQuery = schema(() =>
  pageQuery().extend({
    ...timeRange(),
    run: runId().exactOptional(),
    status: approvalStatus().exactOptional(),
  }),
);

export const approvalPage = schema(() =>
  page(approval()).meta({
    id: 'ApprovalPage',
    description: 'A page of approvals, newest first; only a missing cursor says that it was the last',
  }),
);

export type ApprovalPage = Inferred<typeof approvalPage>;
