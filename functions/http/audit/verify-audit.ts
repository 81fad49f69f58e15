import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { auditRoutes } from './routes.ts';

export const verifyAudit = (api: Api) =>
  endpoint(auditRoutes.verifyAudit, async ({ caller }) => ({ data: await api.verifyAudit(caller) }));

export const verifyPlatformAudit = (api: Api) =>
  endpoint(auditRoutes.verifyPlatformAudit, async ({ caller }) => ({
    data: await api.verifyPlatformAudit(caller),
  }));
