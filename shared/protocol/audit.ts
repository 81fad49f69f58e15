import * as z from 'zod';
import { wireLimits } from './limits.ts';
import { digest, queryInteger, timestamp, waitSeconds } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';
import { finding } from './verification.ts';

/** Query of `GET /v1/audit` and `GET /v1/platform/audit`. */
export const auditQuery = schema(() =>
  z.strictObject({
    /** Sequence number of the last event that is known; default 0: from the start. */
    after: queryInteger(0, Number.MAX_SAFE_INTEGER).exactOptional(),
    /** Default and maximum 1,000; a page also ends at 4 MiB. */
    limit: queryInteger(1, wireLimits.pageEvents).exactOptional(),
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

/**
 * An event as the log holds it. The chain covers everything but `salt` and `payload`, which `digest` stands for: with them
 * a client can verify the log itself. Types are added over time: pass by what you don't know.
 */
export const auditEvent = schema(() =>
  z
    .object({
      /** Version of the event's shape. */
      v: z.int(),
      id: z.string(),
      tenant: z.string(),
      /** From 1, without gaps. */
      seq: z.int(),
      /** `tenant.created`, `agent.published`, `key.revoked`, `access.refused` … */
      type: z.string(),
      at: timestamp(),
      /** `user:<subject>`, `platform:<subject>` or `system`. */
      by: z.string(),
      /** Chain hash of the event before. */
      prev: digest(),
      /** SHA-256 over salt and canonical payload. */
      digest: digest(),
      salt: z.string(),
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
