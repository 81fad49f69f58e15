import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { readAudit, readPlatformAudit } from './read-audit.ts';
import type { auditRoutes } from './routes.ts';
import { verifyAudit, verifyPlatformAudit } from './verify-audit.ts';

export const auditEndpoints = (api: Api): EndpointsOf<typeof auditRoutes> => ({
  readAudit: readAudit(api),
  verifyAudit: verifyAudit(api),
  readPlatformAudit: readPlatformAudit(api),
  verifyPlatformAudit: verifyPlatformAudit(api),
});
