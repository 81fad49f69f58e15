import { apiKeys } from '../../shared/identity/api-keys.ts';
import { identityChain } from '../../shared/identity/chain.ts';
import { issuerElsewhere } from '../../shared/identity/issuer-elsewhere.ts';
import type { Identity } from '../../shared/ports/identity.ts';
import type { Wired } from '../wired.ts';

/** How functions know callers: by tokens of the issuers they are told of, and by API keys. */
export function callersOf({ app, settings }: Pick<Wired, 'app' | 'settings'>): Identity {
  const now = () => app.clock.now();
  const issuers = (settings.TANDEM_OIDC ?? []).map((issuer) => issuerElsewhere(issuer, now));
  return identityChain([...issuers, apiKeys({ records: app.records, now })]);
}
