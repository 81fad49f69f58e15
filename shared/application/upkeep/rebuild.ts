import type { AuditEvent } from '../../domain/audit/events.ts';
import { type RecordsBefore, recordChanges } from '../../domain/audit/record-changes.ts';
import type { ApiKey, RecordChange, Tenant, Webhook } from '../../domain/audit/records.ts';
import { project } from '../../domain/project.ts';
import type { ProjectionChange } from '../../domain/projections.ts';
import type { App } from '../app.ts';
import { eachEvent } from '../runs/each-event.ts';

/**
 * Empties every projection and fills it again from the logs of runs, and the records from the audit logs (rule 3); nobody
 * may append meanwhile. Answers how many runs.
 */
export async function rebuild(app: App): Promise<number> {
  let runs = 0;
  async function* allChanges(): AsyncGenerator<ProjectionChange> {
    for await (const { tenant, run } of app.log.allRuns()) {
      runs += 1;
      yield* changesOf(app, tenant, run);
    }
  }
  await app.projections.replaceAll(allChanges());
  await app.records.replaceAll(allRecordChanges(app));
  return runs;
}

async function* allRecordChanges(app: App): AsyncGenerator<RecordChange> {
  for await (const tenant of app.auditLog.tenants()) yield* recordChangesOf(app, tenant);
}

/** What the audit log of a tenant says of its records, event by event. */
async function* recordChangesOf(app: App, tenant: string): AsyncGenerator<RecordChange> {
  const log = app.auditLog.forTenant(tenant);
  const rows = new Map<string, RecordChange['row']>();
  for (let after = 0, more = true; more; ) {
    const page = await log.read(after);
    for (const event of page.events) {
      for (const change of recordChanges(event, rowsBefore(event, rows))) {
        if (change.kind === 'tenant' || change.kind === 'key' || change.kind === 'webhook')
          rows.set(`${change.kind} ${change.id}`, change.row);
        yield change;
      }
      after = event.seq;
    }
    more = page.more && page.events.length > 0;
  }
}

function rowsBefore(event: AuditEvent, rows: ReadonlyMap<string, RecordChange['row']>): RecordsBefore {
  const webhook = event.type.startsWith('webhook.')
    ? rows.get(`webhook ${(event.payload as { webhook: string }).webhook}`)
    : undefined;
  const key = event.type === 'key.revoked' ? rows.get(`key ${event.payload.key}`) : undefined;
  return {
    tenant: rows.get(`tenant ${event.tenant}`) as Tenant,
    key: (key ?? undefined) as ApiKey | undefined,
    webhook: (webhook ?? undefined) as Webhook | undefined,
  };
}

async function* changesOf(app: App, tenant: string, run: string): AsyncGenerator<ProjectionChange> {
  for await (const { before, event, after } of eachEvent(app.log, tenant, run)) {
    yield* project(before, after, [event]);
  }
}
