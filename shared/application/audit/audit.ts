import { emptyAudit, headAfter, sealAudit } from '../../domain/audit/chain.ts';
import type { AuditDraft, AuditEvent, AuditHead } from '../../domain/audit/events.ts';
import { type RecordsBefore, recordChanges } from '../../domain/audit/record-changes.ts';
import type { RecordChange } from '../../domain/audit/records.ts';
import { auditNotices } from '../../domain/webhooks/notices.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { TenantAuditLog } from '../../ports/audit-log.ts';
import type { Ports } from '../ports.ts';
import type { Announcements } from '../webhooks/announcements.ts';

type AuditPorts = Pick<Ports, 'auditLog' | 'records' | 'watch' | 'clock' | 'ids'>;

/** What the watch knows a tenant's audit log by; no run has this id. */
export const auditWatch = 'audit';

/** Extends the audit logs of tenants: the one place where their events are sealed, projected and appended. */
export class Audit {
  readonly #ports: AuditPorts;
  readonly #announcements: Announcements;

  constructor(ports: AuditPorts, announcements: Announcements) {
    this.#ports = ports;
    this.#announcements = announcements;
  }

  /**
   * Appends what `change` asks for on the records as they stand, deciding anew after every conflict: nothing that it has
   * read changes before its events are committed. It returns no drafts when nothing is left to do, and throws when the
   * request does not apply. Durable when it resolves.
   */
  async update(
    tenant: string,
    change: () => Promise<readonly AuditDraft[]> | readonly AuditDraft[],
  ): Promise<readonly AuditEvent[]> {
    const log = this.#ports.auditLog.forTenant(tenant);
    for (;;) {
      const head = (await log.head()) ?? emptyAudit;
      const drafts = await change();
      if (drafts.length === 0) return [];
      const sealed = this.#seal(tenant, head, drafts);
      const records = await this.#recordsOf(tenant, sealed.events);
      const deliveries = await this.#announcements.deliveriesOf(tenant, auditNotices(sealed.events));
      try {
        await append(log, { expected: head.seq, ...sealed, records, deliveries });
        this.#ports.watch.appended(tenant, auditWatch, sealed.head.seq, false);
        this.#announcements.made(deliveries);
        return sealed.events;
      } catch (error) {
        if (!isTandemError(error, 'log.conflict')) throw error;
      }
    }
  }

  #seal(
    tenant: string,
    before: AuditHead,
    drafts: readonly AuditDraft[],
  ): { readonly events: readonly AuditEvent[]; readonly head: AuditHead } {
    const { clock, ids } = this.#ports;
    const at = new Date(clock.now()).toISOString();
    let head = before;
    const events = drafts.map((draft) => {
      const event = sealAudit(tenant, head, { draft, seal: { id: ids.next('evt'), at, salt: ids.hex(16) } });
      head = headAfter(event);
      return event;
    });
    return { events, head };
  }

  async #recordsOf(tenant: string, events: readonly AuditEvent[]): Promise<RecordChange[]> {
    const changes: RecordChange[] = [];
    for (const event of events) changes.push(...recordChanges(event, await this.#before(tenant, event)));
    return changes;
  }

  async #before(tenant: string, event: AuditEvent): Promise<RecordsBefore> {
    const records = this.#ports.records.forTenant(tenant);
    if (event.type.startsWith('webhook.')) {
      const { webhook } = event.payload as { webhook: string };
      return { webhook: await records.get('webhook', webhook) };
    }
    if (event.type === 'key.revoked') return { key: await records.get('key', event.payload.key) };
    return event.type.startsWith('tenant.') ? { tenant: await records.get('tenant', tenant) } : {};
  }
}

/** An append whose answer was lost is settled by reading: the same event id at that sequence was ours (rule 6). */
async function append(log: TenantAuditLog, wanted: Parameters<TenantAuditLog['append']>[0]): Promise<void> {
  try {
    await log.append(wanted);
  } catch (error) {
    if (isTandemError(error, 'data.full')) throw error;
    const { events } = await log.read(wanted.expected, 1);
    if (events[0]?.id !== wanted.events[0]?.id) throw error;
  }
}
