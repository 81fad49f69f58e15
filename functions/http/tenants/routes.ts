import * as z from 'zod';
import { pageQuery, tenantName } from '../../../shared/protocol/primitives.ts';
import { schema } from '../../../shared/protocol/schema.ts';
import { createTenant, tenant, tenantControl, tenantPage } from '../../../shared/protocol/tenants.ts';
import { platform } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

const ofTenant = schema(() => z.strictObject({ tenant: tenantName() }));

/** Tenants, for who stands outside them. */
export const tenantRoutes = {
  createTenant: defineRoute({
    ...platform,
    method: 'POST',
    path: '/v1/tenants',
    summary: 'Make a tenant',
    body: createTenant,
    idempotent: 'by-nature',
    status: 201,
    errors: ['tenant.conflict'],
    response: tenant,
  }),
  listTenants: defineRoute({
    ...platform,
    method: 'GET',
    path: '/v1/tenants',
    summary: 'List tenants, by name',
    query: pageQuery,
    status: 200,
    response: tenantPage,
  }),
  getTenant: defineRoute({
    ...platform,
    method: 'GET',
    path: '/v1/tenants/{tenant}',
    summary: 'Get a tenant',
    params: ofTenant,
    status: 200,
    response: tenant,
  }),
  suspendTenant: defineRoute({
    ...platform,
    method: 'POST',
    path: '/v1/tenants/{tenant}/suspend',
    summary: 'Suspend a tenant: its requests are refused, its runs pause',
    params: ofTenant,
    body: tenantControl,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: tenant,
  }),
  resumeTenant: defineRoute({
    ...platform,
    method: 'POST',
    path: '/v1/tenants/{tenant}/resume',
    summary: 'Let a suspended tenant go on, with the runs that it has paused',
    params: ofTenant,
    body: tenantControl,
    bodyOptional: true,
    idempotent: 'by-nature',
    status: 200,
    response: tenant,
  }),
} satisfies Record<string, Route>;
