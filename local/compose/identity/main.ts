import { MemoryRateLimits } from '../../../shared/memory/rate-limits.ts';
import { SystemIds } from '../../../shared/system/system-ids.ts';
import { openGateway } from '../../gateway/gateway.ts';
import { rateLimits } from '../../settings/rate-limits.ts';
import { serverSettings } from '../../settings/server-settings.ts';
import { startService } from '../service.ts';
import { openIssuer } from './issuer.ts';
import { makeOwnTenant } from './own-tenant.ts';

/** Whoever runs the platform, for as long as it takes to make a tenant. */
const platform = { tenant: 'platform', subject: 'identity', roles: ['platform'], ttlSeconds: 300 } as const;

/** Who may sign in to the Compose twin, and the keys by which its functions know their tokens. */
await startService('identity', async (log) => {
  const settings = serverSettings({}, process.env);
  const limits = new MemoryRateLimits(rateLimits(settings));
  const issuer = await openIssuer({
    data: settings.TANDEM_DATA,
    log,
    stranger: (address) => limits.stranger(address),
  });
  const account = await issuer.firstAccount();
  if (account) log.info(`The account ${account.name} was made; its password is in ${account.file}`);
  const ids = new SystemIds(Date.now);
  const gateway = await openGateway({
    handlers: [],
    documents: issuer.documents,
    raw: issuer.routes,
    host: '0.0.0.0',
    port: 4_400,
    log,
    requestId: () => ids.next('req'),
    now: Date.now,
    elapsed: () => performance.now(),
  });
  const stopped = new AbortController();
  void makeOwnTenant({
    gateway: 'http://gateway:4400',
    token: () => issuer.issueToken(platform),
    log,
    stop: stopped.signal,
  });
  return {
    async close() {
      stopped.abort();
      await gateway.close();
      issuer.close();
    },
  };
});
