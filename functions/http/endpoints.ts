import type { Api } from '../../shared/application/api.ts';
import { agentEndpoints } from './agents/endpoints.ts';
import { approvalEndpoints } from './approvals/endpoints.ts';
import { artifactEndpoints } from './artifacts/endpoints.ts';
import { auditEndpoints } from './audit/endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { keyEndpoints } from './keys/endpoints.ts';
import { retentionEndpoints } from './retention/endpoints.ts';
import type { RouteName } from './routes.ts';
import { runEndpoints } from './runs/endpoints.ts';
import { serviceEndpoints } from './service/endpoints.ts';
import type { Service } from './service.ts';
import { tenantEndpoints } from './tenants/endpoints.ts';
import { uploadEndpoints } from './uploads/endpoints.ts';
import { webhookEndpoints } from './webhooks/endpoints.ts';
import { workerEndpoints } from './workers/endpoints.ts';

/** Every endpoint by the name of its route. */
export const endpoints = (api: Api, service: Service): Record<RouteName, Endpoint> => ({
  ...agentEndpoints(api),
  ...runEndpoints(api),
  ...approvalEndpoints(api),
  ...artifactEndpoints(api),
  ...auditEndpoints(api),
  ...keyEndpoints(api),
  ...retentionEndpoints(api),
  ...tenantEndpoints(api),
  ...uploadEndpoints(api),
  ...webhookEndpoints(api),
  ...workerEndpoints(api),
  ...serviceEndpoints(service),
});
