import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { auditRoutes } from './routes.ts';

export const verifyAudit = (api: Pick<Api, 'verifyAudit'>) =>
  endpoint(auditRoutes.verifyAudit, async ({ caller }) => ({ data: await api.verifyAudit(caller) }));

export const verifyPlatformAudit = (api: Pick<Api, 'verifyPlatformAudit'>) =>
  endpoint(auditRoutes.verifyPlatformAudit, async ({ caller }) => ({
    data: await api.verifyPlatformAudit(caller),
  }));
