import type { AuditEvents, AuditQuery } from '../../../shared/application/api/audit.ts';
import type { Api } from '../../../shared/application/api.ts';
import type { Principal } from '../../../shared/ports/identity.ts';
import { wireLimits } from '../../../shared/protocol/limits.ts';
import { type Call, endpoint } from '../endpoint.ts';
import { waiting } from '../wait.ts';
import { auditRoutes } from './routes.ts';

export const readAudit = (api: Pick<Api, 'readAudit'>) =>
  endpoint(auditRoutes.readAudit, async (call) => ({ data: await page(call, api.readAudit) }));

export const readPlatformAudit = (api: Pick<Api, 'readPlatformAudit'>) =>
  endpoint(auditRoutes.readPlatformAudit, async (call) => ({
    data: await page(call, api.readPlatformAudit),
  }));

type Ask = (caller: Principal, query: AuditQuery) => Promise<AuditEvents>;

type ReadCall = Pick<Call<typeof auditRoutes.readAudit>, 'caller' | 'query' | 'signal'>;

function page(call: ReadCall, ask: Ask): Promise<AuditEvents> {
  const { after = 0, limit = wireLimits.pageEvents, type } = call.query;
  const query = { after, limit, ...(type === undefined ? {} : { type }) };
  return waiting(call, (waitMs) => ask(call.caller, { ...query, waitMs }));
}
