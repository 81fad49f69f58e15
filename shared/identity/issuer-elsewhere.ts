import type { Identity } from '../ports/identity.ts';
import type { OidcIssuer } from '../protocol/environment/oidc-issuers.ts';
import type { Link } from './link.ts';
import { remoteKeys } from './remote-keys.ts';
import { tokenVerifier } from './token-verifier.ts';

/** Knows the tokens of an issuer as the settings describe it. `now`: milliseconds since the epoch. */
export function issuerElsewhere(described: OidcIssuer, now: () => number): Identity & Link {
  const { issuer, jwksUri, audience, tenant, tenantClaim, rolesClaim, roles } = described;
  return tokenVerifier({
    issuer,
    audience,
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    fetchKeys: remoteKeys({ issuer, ...(jwksUri !== undefined && { jwksUri }) }),
    claimNames: {
      tenant: tenant === undefined ? { claim: tenantClaim ?? 'tenant' } : { always: tenant },
      roles: rolesClaim ?? 'roles',
      ...(roles && { roleNames: roles }),
    },
    now,
  });
}
