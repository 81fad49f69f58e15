import { ApiKey, Period, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { tagPurpose } from './tags.ts';

/** What tenants that were not named share. */
const everybodyElse = '*';

/**
 * A usage plan with a key for each tenant that was named, and one that the others share. The authorizer answers with the
 * key of the caller's tenant, so that nobody carries one: a key counts requests and opens nothing.
 */
export class UsagePlans extends Construct {
  constructor(scope: Construct, id: string, names: Names, api: RestApi) {
    super(scope, id);
    tagPurpose(this, 'Counts requests of tenants');
    const { tenants, throttle } = names.stage;
    const limits = {
      throttle: { rateLimit: throttle.tenant.perSecond, burstLimit: throttle.tenant.burst },
      quota: { limit: throttle.tenantPerDay, period: Period.DAY },
    };
    const plan = api.addUsagePlan('Plan', {
      name: names.of('tenants'),
      description: 'What each tenant may ask for',
      ...limits,
    });
    plan.addApiStage({ stage: api.deploymentStage });
    for (const tenant of [...tenants, everybodyElse]) {
      const value = usageKey(names, tenant);
      // No tenant can be called what begins with a capital, nor have the name of the key that is shared.
      const [id, name] =
        tenant === everybodyElse ? ['Others', 'other-tenants'] : [tenant, `tenant-${tenant}`];
      plan.addApiKey(new ApiKey(this, `Key-${id}`, { apiKeyName: names.of(name), value }));
    }
  }
}

/** Counts requests of a tenant; no secret. API Gateway wants at least 20 characters. */
const usageKey = (names: Names, tenant: string) =>
  `${names.of('usage-key-of-tenant')}-${tenant === everybodyElse ? '' : tenant}`;

/** `TANDEM_USAGE_KEYS`: the key of each tenant, and of everybody else under `*`. */
export const usageKeys = (names: Names): string =>
  JSON.stringify(
    Object.fromEntries(
      [...names.stage.tenants, everybodyElse].map((tenant) => [tenant, usageKey(names, tenant)]),
    ),
  );
