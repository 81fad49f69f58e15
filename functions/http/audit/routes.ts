import { auditPage, auditQuery, auditVerification } from '../../../shared/protocol/audit.ts';
import { admin, platform } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

/** What has happened outside runs. */
export const auditRoutes = {
  readAudit: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/audit',
    summary: 'Read what has happened in the tenant outside its runs, or wait for it',
    query: auditQuery,
    status: 200,
    response: auditPage,
  }),
  verifyAudit: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/audit/verification',
    summary: "Check the tenant's whole audit log",
    status: 200,
    response: auditVerification,
  }),
  readPlatformAudit: defineRoute({
    ...platform,
    method: 'GET',
    path: '/v1/platform/audit',
    summary: 'Read what has happened outside the tenants, or wait for it',
    query: auditQuery,
    status: 200,
    response: auditPage,
  }),
  verifyPlatformAudit: defineRoute({
    ...platform,
    method: 'GET',
    path: '/v1/platform/audit/verification',
    summary: "Check the platform's whole audit log",
    status: 200,
    response: auditVerification,
  }),
} satisfies Record<string, Route>;
