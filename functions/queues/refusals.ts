import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { Refusals, type RefusedAccess } from '../../shared/application/audit/refusals.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { schema } from '../../shared/protocol/schema.ts';
import type { Wire } from '../wired.ts';
import { workQueue } from './work-queue.ts';

const text = schema(() => z.string().max(4_000));

/** As `functions/http/function.ts` puts it into the queue. */
const refusedAccess = schema(() =>
  z.strictObject({
    code: text(),
    message: text(),
    route: text(),
    address: text().optional(),
    subject: text().optional(),
    tenant: text().optional(),
    key: text().optional(),
  }),
);

/**
 * Writes refusals into the audit logs: those of a batch that are alike are one event, as in a server. A batch whose events
 * could not all be written is delivered again, and then says twice what was written.
 */
export function refusalsFunction(wire: Wire): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const wired = await wire();
    const refusals = new Refusals(wired.app);
    const { batchItemFailures } = await workQueue(wired, Records, async (body) => refusals.note(read(body)));
    try {
      await refusals.flush();
      return { batchItemFailures };
    } catch (error) {
      wired.log.warn('Refusals were not written; they come again', { error });
      return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    }
  };
}

function read(body: unknown): RefusedAccess {
  const { success, data } = refusedAccess().safeParse(body);
  if (success) return JSON.parse(JSON.stringify(data)) as RefusedAccess;
  throw new TandemError('request.invalid', { message: 'The message tells of no refusal' });
}
