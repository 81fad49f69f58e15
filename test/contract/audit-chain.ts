import { emptyAudit, headAfter, sealAudit } from '../../shared/domain/audit/chain.ts';
import type { AuditEvent, AuditHead } from '../../shared/domain/audit/events.ts';
import type { RecordChange } from '../../shared/domain/audit/records.ts';
import type { AuditAppend } from '../../shared/ports/audit-log.ts';
import { minute } from './fixtures.ts';

/** Appends to one tenant's audit log, properly chained. */
export class AuditChain {
  readonly #tenant: string;
  #head: AuditHead;

  constructor(tenant: string, head: AuditHead = emptyAudit) {
    this.#tenant = tenant;
    this.#head = head;
  }

  /** The next append, of `count` events with `reason` in their payloads. */
  next(records: readonly RecordChange[] = [], { count = 1, reason = 'because' } = {}): AuditAppend {
    const expected = this.#head.seq;
    const events: AuditEvent[] = [];
    for (let index = 0; index < count; index += 1) {
      const draft = { type: 'tenant.suspended', by: 'platform:pat', payload: { reason } } as const;
      const seq = this.#head.seq + 1;
      const seal = { id: `evt_${this.#tenant}_${seq}`, at: minute(seq), salt: '0'.repeat(32) };
      const event = sealAudit(this.#tenant, this.#head, { draft, seal });
      this.#head = headAfter(event);
      events.push(event);
    }
    return { expected, events, head: this.#head, records };
  }
}
