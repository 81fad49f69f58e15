import * as z from 'zod';
import { chainedEvent } from './chained.ts';
import { afterQuery, digest, timestamp, waitSeconds } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';
import { finding } from './verification.ts';

/** Query of `GET /v1/audit` and `GET /v1/platform/audit`. */
export const auditQuery = schema(() =>
  afterQuery().extend({
    /** Events of one type, such as `key.revoked`, or of a family: `key`. */
    type: z
      .string()
      .regex(
        /^[a-z]{1,20}(\.[a-z-]{1,20})?$/,
        'a type of events such as key.revoked, or a family such as key',
      )
      .exactOptional(),
    /** With nothing after `after` yet: seconds to wait for it. */
    wait: waitSeconds().exactOptional(),
  }),
);

/** An event as the log holds it. */
export const auditEvent = schema(() =>
  z
    .object({
      ...chainedEvent(),
      /** `tenant.created`, `agent.published`, `key.revoked`, `access.refused` … */
      type: z.string(),
      /** `user:<subject>`, `platform:<subject>` or `system`. */
      by: z.string(),
      payload: z.record(z.string(), z.unknown()),
    })
    .meta({ id: 'AuditEvent', description: 'What happened in a tenant outside its runs' }),
);

export type AuditEvent = Inferred<typeof auditEvent>;

export const auditPage = schema(() =>
  z
    .object({
      events: z.array(auditEvent()),
      /** Where the next page begins: what was looked at, also where its type was another. */
      after: z.int(),
      /** Whether the log holds more events after these. */
      more: z.boolean(),
      /** Sequence number of the last event of the log. */
      last: z.int(),
    })
    .meta({ id: 'AuditPage' }),
);

export type AuditPage = Inferred<typeof auditPage>;

/** What the check of a whole audit log found. It has no end, so its head is never signed. */
export const auditVerification = schema(() =>
  z
    .object({
      tenant: z.string(),
      /** Events that are sound; up to the first finding. */
      events: z.int(),
      /** Empty when the log is sound. */
      findings: z.array(finding()),
      /** Where the chain ends. Whoever keeps it elsewhere can tell later whether the log has been made anew. */
      head: z.object({ seq: z.int(), hash: digest(), at: timestamp() }).nullable(),
    })
    .meta({ id: 'AuditVerification' }),
);

export type AuditVerification = Inferred<typeof auditVerification>;
