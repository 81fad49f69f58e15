import type { Examples } from '../openapi/example.ts';
import type { tenantRoutes } from './routes.ts';

const tenant = { tenant: 'acme' };

export const tenantExamples = {
  createTenant: { body: { tenant: 'acme', name: 'Acme Ltd' } },
  listTenants: { query: { limit: '10' } },
  getTenant: { params: tenant },
  suspendTenant: { params: tenant, body: { reason: 'Invoice 17 is open' } },
  resumeTenant: { params: tenant, body: { reason: 'It was paid' } },
} satisfies Examples<typeof tenantRoutes>;
