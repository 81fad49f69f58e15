import type { AuditEvent } from '../../domain/audit/events.ts';
import { AuditVerifier } from '../../domain/audit/verify.ts';
import { limits } from '../../domain/limits.ts';
import type { TenantAuditLog } from '../../ports/audit-log.ts';
import type { AuditEvents, AuditQuery, AuditVerification } from '../api/audit.ts';
import type { App } from '../app.ts';
import { auditWatch } from './audit.ts';

/** Events that a page looks at before it ends short: a type that hardly occurs must not take a walk through the log. */
const mostLooked = 10_000;

/** A page of a tenant's audit log; waits for the next event if there is none yet. */
export async function readAudit(app: App, tenant: string, query: AuditQuery): Promise<AuditEvents> {
  const log = app.auditLog.forTenant(tenant);
  await waitBeyond(app, tenant, query);
  const { events, after, more } = await (query.type === undefined
    ? plainPage(log, query)
    : pageOfType(log, query, query.type));
  return { events, after, more, last: Math.max((await log.head())?.seq ?? 0, after) };
}

type Page = Omit<AuditEvents, 'last'>;

async function plainPage(log: TenantAuditLog, { after, limit }: AuditQuery): Promise<Page> {
  const { events, more } = await log.read(after, limit);
  return { events, after: events.at(-1)?.seq ?? after, more };
}

async function pageOfType(log: TenantAuditLog, query: AuditQuery, type: string): Promise<Page> {
  const isWanted = matching(type);
  const events: AuditEvent[] = [];
  let bytes = 0;
  for (let { after } = query; ; ) {
    const page = await log.read(after);
    for (const event of page.events) {
      if (events.length === query.limit || bytes > limits.pageBytes) return { events, after, more: true };
      after = event.seq;
      if (!isWanted(event)) continue;
      events.push(event);
      bytes += Buffer.byteLength(JSON.stringify(event));
    }
    if (!page.more || after - query.after >= mostLooked) return { events, after, more: page.more };
  }
}

/** Reads a whole audit log and checks it: every link, every payload, its head. */
export async function verifyAudit(app: App, tenant: string): Promise<AuditVerification> {
  const log = app.auditLog.forTenant(tenant);
  // Before the events: what is appended meanwhile is beyond it, and no reason for alarm.
  const head = await log.head();
  const verifier = new AuditVerifier(tenant);
  let finding: ReturnType<AuditVerifier['end']>;
  for (let seq = 0; seq < (head?.seq ?? 0) && !finding; ) {
    const { events } = await log.read(seq, Math.min(limits.pageEvents, (head?.seq ?? 0) - seq));
    if (events.length === 0) break;
    for (const event of events) finding ??= verifier.next(event);
    seq = events.at(-1)?.seq ?? seq;
  }
  finding ??= verifier.end(head);
  return { tenant, events: verifier.events, findings: finding ? [finding] : [], head: head ?? null };
}

function matching(type: string): (event: AuditEvent) => boolean {
  return type.includes('.') ? (event) => event.type === type : (event) => event.type.startsWith(`${type}.`);
}

async function waitBeyond(app: App, tenant: string, { after, waitMs }: AuditQuery): Promise<void> {
  const log = app.auditLog.forTenant(tenant);
  const hasNews = async () => ((await log.head())?.seq ?? 0) > after;
  if (waitMs === 0 || (await hasNews())) return;
  const grown = app.watch.beyond(tenant, auditWatch, { after, timeoutMs: waitMs });
  if (!(await hasNews())) await grown;
}
