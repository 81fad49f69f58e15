import { agentRoutes } from './agents/routes.ts';
import { approvalRoutes } from './approvals/routes.ts';
import { artifactRoutes } from './artifacts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { keyRoutes } from './keys/routes.ts';
import { retentionRoutes } from './retention/routes.ts';
import type { Route } from './route.ts';
import { runRoutes } from './runs/routes.ts';
import { serviceRoutes } from './service/routes.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { uploadRoutes } from './uploads/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import { workerRoutes } from './workers/routes.ts';

/** Every route of the front door, by the name of its handler. */
export const routes = {
  ...agentRoutes,
  ...runRoutes,
  ...approvalRoutes,
  ...artifactRoutes,
  ...auditRoutes,
  ...keyRoutes,
  ...retentionRoutes,
  ...tenantRoutes,
  ...uploadRoutes,
  ...webhookRoutes,
  ...workerRoutes,
  ...serviceRoutes,
} satisfies Record<string, Route>;

/** Names a route and its handler. */
export type RouteName = keyof typeof routes;
