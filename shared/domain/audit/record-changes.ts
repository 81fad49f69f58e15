import type { AuditEvent, AuditEventOf } from './events.ts';
import { type ApiKey, type RecordChange, recordIds, type Tenant, type Webhook } from './records.ts';

/** The rows that an event is about, as they stand before it. */
export interface RecordsBefore {
  readonly tenant?: Tenant | undefined;
  readonly key?: ApiKey | undefined;
  readonly webhook?: Webhook | undefined;
}

/** What an event changes in the records of its tenant: a pure function, so that a rebuild yields the same rows. */
export function recordChanges(event: AuditEvent, before: RecordsBefore): readonly RecordChange[] {
  const { tenant } = event;
  switch (event.type) {
    case 'tenant.created':
      return [{ kind: 'tenant', tenant, id: tenant, row: tenantAfter(event, before.tenant) }];
    case 'tenant.suspended':
    case 'tenant.resumed': {
      const row = tenantAfter(event, before.tenant);
      const unsettled = { tenant, status: row.status, event: event.id };
      return [
        { kind: 'tenant', tenant, id: tenant, row },
        { kind: 'unsettled', tenant, id: tenant, row: unsettled },
      ];
    }
    case 'tenant.settled':
      return [
        { kind: 'tenant', tenant, id: tenant, row: tenantAfter(event, before.tenant) },
        { kind: 'unsettled', tenant, id: tenant, row: null },
      ];
    case 'tenant.ordered':
      return [];
    case 'agent.published': {
      const { agent, number } = event.payload;
      const row = { ...event.payload, tenant, publishedAt: event.at, publishedBy: subjectOf(event.by) };
      return [{ kind: 'version', tenant, id: recordIds.version(agent, number), row }];
    }
    case 'alias.set': {
      const { agent, alias } = event.payload;
      const row = { ...event.payload, tenant, setAt: event.at, setBy: event.by };
      return [{ kind: 'alias', tenant, id: recordIds.alias(agent, alias), row }];
    }
    case 'alias.removed': {
      const { agent, alias } = event.payload;
      return [{ kind: 'alias', tenant, id: recordIds.alias(agent, alias), row: null }];
    }
    case 'payload.erased': {
      const { run, seq } = event.payload;
      const row = { ...event.payload, tenant, erasedAt: event.at, erasedBy: event.by };
      return [{ kind: 'erasure', tenant, id: recordIds.erasure(run, seq), row }];
    }
    case 'retention.set': {
      const { days } = event.payload;
      const row = days === undefined ? null : { tenant, days, setAt: event.at, setBy: event.by };
      return [{ kind: 'retention', tenant, id: tenant, row }];
    }
    case 'run.removed': {
      const row = { ...event.payload, tenant, removedAt: event.at };
      return [{ kind: 'removed', tenant, id: event.payload.run, row }];
    }
    case 'key.created': {
      const row = { ...event.payload, tenant, createdAt: event.at, createdBy: event.by };
      return [{ kind: 'key', tenant, id: event.payload.key, row }];
    }
    case 'key.revoked':
      if (!before.key) return [];
      return [
        {
          kind: 'key',
          tenant,
          id: before.key.key,
          row: { ...before.key, revokedAt: event.at, revokedBy: event.by },
        },
      ];
    case 'webhook.created':
    case 'webhook.removed':
    case 'webhook.secret-changed':
    case 'webhook.disabled': {
      const row = webhookAfter(event, before.webhook);
      return row === undefined ? [] : [{ kind: 'webhook', tenant, id: event.payload.webhook, row }];
    }
    case 'run.exported':
    case 'access.refused':
      return [];
  }
}

type WebhookChange = Extract<AuditEvent, { readonly type: `webhook.${string}` }>;

/** `null`: it is removed; `undefined`: there is none that could change. */
function webhookAfter(event: WebhookChange, before: Webhook | undefined): Webhook | null | undefined {
  const { tenant, at, by } = event;
  if (event.type === 'webhook.created') {
    return { ...event.payload, tenant, status: 'active', secretNumber: 1, createdAt: at, createdBy: by };
  }
  if (event.type === 'webhook.removed') return null;
  if (!before) return undefined;
  if (event.type === 'webhook.disabled') {
    return { ...before, status: 'disabled', reason: event.payload.reason };
  }
  const { secretNumber, previousUntil: until } = event.payload;
  const valid = before.previousSecrets?.filter((previous) => at < previous.until) ?? [];
  return { ...before, secretNumber, previousSecrets: [{ number: before.secretNumber, until }, ...valid] };
}

type TenantEvent = AuditEventOf<'tenant.created' | 'tenant.suspended' | 'tenant.resumed' | 'tenant.settled'>;

function tenantAfter(event: TenantEvent, before: Tenant | undefined): Tenant {
  const { tenant, at, by } = event;
  const created: Tenant = { tenant, status: 'active', createdAt: at, createdBy: by };
  const { reason, settling: _, ...known } = before ?? created;
  switch (event.type) {
    case 'tenant.created':
      return { ...created, ...event.payload };
    case 'tenant.suspended':
      return { ...known, status: 'suspended', ...event.payload, settling: true };
    case 'tenant.resumed':
      return { ...known, status: 'active', settling: true };
    case 'tenant.settled':
      return { ...known, ...(reason === undefined ? {} : { reason }) };
  }
}

/** Versions have always named their publisher without saying what kind of actor that is. */
function subjectOf(actor: string): string {
  return actor.startsWith('user:') ? actor.slice('user:'.length) : actor;
}
