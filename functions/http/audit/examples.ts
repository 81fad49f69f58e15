import type { Examples } from '../openapi/example.ts';
import type { auditRoutes } from './routes.ts';

export const auditExamples = {
  readAudit: { query: { after: '7', limit: '100', type: 'key', wait: '0.5' } },
  verifyAudit: {},
  readPlatformAudit: { query: { after: '7', limit: '100', type: 'tenant.ordered' } },
  verifyPlatformAudit: {},
} satisfies Examples<typeof auditRoutes>;
