import * as z from 'zod';
import { page } from './envelope.ts';
import { reason, tenantName, timestamp } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Names that no tenant may have: who stands outside the tenants goes by the first. */
const reserved: readonly string[] = ['platform'];

/** Body of `POST /v1/tenants`. */
export const createTenant = schema(() =>
  z
    .strictObject({
      tenant: tenantName().refine((name) => !reserved.includes(name), 'a name that is not reserved'),
      /** What people call it. */
      name: z.string().min(1).max(200).exactOptional(),
    })
    .meta({ id: 'CreateTenant', description: 'A tenant to make' }),
);

export type CreateTenant = Inferred<typeof createTenant>;

/** Body of `POST /v1/tenants/{tenant}/suspend` and `…/resume`. */
export const tenantControl = schema(() => z.strictObject({ reason: reason().exactOptional() }));

export const tenant = schema(() =>
  z
    .object({
      tenant: tenantName(),
      name: z.string().exactOptional(),
      status: z.enum(['active', 'suspended']),
      createdAt: timestamp(),
      createdBy: z.string(),
      /** Why it is suspended. */
      reason: z.string().exactOptional(),
      /** Runs are still being paused by the suspension, or resumed after it. */
      settling: z.literal(true).exactOptional(),
    })
    .meta({ id: 'Tenant', description: 'An isolation boundary: everything belongs to one' }),
);

export type Tenant = Inferred<typeof tenant>;

export const tenantPage = schema(() => page(tenant()).meta({ id: 'TenantPage' }));

export type TenantPage = Inferred<typeof tenantPage>;
