import type { AuditEvent } from '../../../shared/protocol/audit.ts';

type Payload = Readonly<Record<string, unknown>>;

/** What an event of an audit log says, in a line; one of a type that is not known yet shows what it holds. */
export function auditWords({ type, payload }: Pick<AuditEvent, 'type' | 'payload'>): string {
  return (words[type] ?? JSON.stringify)(payload);
}

const words: Readonly<Record<string, (payload: Payload) => string>> = {
  'tenant.created': ({ name }) => text(name),
  'tenant.suspended': ({ reason }) => text(reason),
  'tenant.resumed': ({ reason }) => text(reason),
  'tenant.settled': ({ status, runs }) =>
    `${runs} ${runs === 1 ? 'run' : 'runs'} ${status === 'suspended' ? 'paused' : 'resumed'}`,
  'tenant.ordered': ({ order, tenant, name, reason }) => joined(`${order} ${tenant}`, name ?? reason),
  'agent.published': ({ agent, number, description }) => joined(`${agent} ${number}`, description),
  'alias.set': ({ agent, alias, number, share }) => joined(`${agent}@${alias} → ${number}`, shareOf(share)),
  'alias.removed': ({ agent, alias }) => `${agent}@${alias}`,
  'key.created': ({ key, name, roles, expiresAt }) =>
    joined(`${name} (${key}), ${(roles as string[]).join(' ')}`, expiresAt && `until ${expiresAt}`),
  'key.revoked': ({ key, reason }) => joined(text(key), reason),
  'run.exported': ({ run, children }) => joined(text(run), children ? 'with those it called' : undefined),
  'run.removed': ({ run, agent, endedAt }) => `${run}: ${agent}, ended ${endedAt}`,
  'payload.erased': ({ run, seq, reason }) => joined(`${run} event ${seq}`, reason),
  'retention.set': ({ days }) =>
    days === undefined ? 'runs are kept for ever' : `runs are kept for ${days} days`,
  'webhook.created': ({ webhook, url, events }) =>
    joined(`${webhook}, ${(events as string[]).join(' ')}`, url),
  'webhook.removed': ({ webhook }) => text(webhook),
  'webhook.secret-changed': ({ webhook, previousUntil }) =>
    `${webhook}, the one before is good until ${previousUntil}`,
  'webhook.disabled': ({ webhook, reason }) => joined(text(webhook), reason),
  'access.refused': ({ code, message, route, subject, address, times }) => {
    const who = [subject, address].filter(Boolean).join(' from ');
    return [`${message} [${code}]`, text(route), who, times === 1 ? '' : `${times} times`]
      .filter((part) => part !== '')
      .join(', ');
  },
};

const text = (value: unknown): string => (value === undefined ? '' : String(value));

const joined = (what: string, more: unknown): string => (more === undefined ? what : `${what}: ${more}`);

const shareOf = (share: unknown): string | undefined => {
  const { percent, number } = (share ?? {}) as { percent?: number; number?: string };
  return percent === undefined ? undefined : `${percent} % use ${number}`;
};
