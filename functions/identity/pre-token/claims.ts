/** What is used of the event with which a user pool asks what a token is to say (version 3). */
export interface PreTokenEvent {
  readonly request: {
    readonly userAttributes?: Readonly<Record<string, string>>;
    readonly groupConfiguration?: { readonly groupsToOverride?: readonly string[] };
    /** Of the token; those of a machine come from the configuration of its client. */
    readonly scopes?: readonly string[];
  };
  readonly response: object;
}

/** Claims of an access token that say for which tenant it speaks, and in which roles. */
export interface TandemClaims {
  readonly tenant?: string;
  readonly roles: readonly string[];
}

/** Nobody is made an operator of the platform by a group of the pool: that is one client of machines, and that alone. */
const known: readonly string[] = ['admin', 'operator', 'user'];
const platform = 'platform';

/** How the scopes of a machine's client name its roles and its tenant: `tandem/user`, `tandem/tenant.acme`. */
const ofApi = 'tandem/';
const ofTenant = `${ofApi}tenant.`;

/**
 * A person's tenant is an attribute that only an administrator of the pool can write, and their roles are its groups. A
 * machine has neither: both are scopes that its client was configured with, so that whoever has its secret cannot choose.
 * What scopes a person asks for says nothing of either.
 */
export function claimsOf({ request }: PreTokenEvent): TandemClaims {
  const { userAttributes, groupConfiguration, scopes = [] } = request;
  if (userAttributes?.['sub'] !== undefined) {
    const tenant = userAttributes['custom:tenant'];
    const groups = groupConfiguration?.groupsToOverride ?? [];
    return { ...(tenant ? { tenant } : {}), roles: groups.filter((group) => known.includes(group)) };
  }
  if (scopes.includes(`${ofApi}${platform}`)) return { roles: [platform] };
  const tenants = scopes.filter((scope) => scope.startsWith(ofTenant));
  const roles = known.filter((role) => scopes.includes(`${ofApi}${role}`));
  // A client of two tenants would speak for the one that its request names.
  return { ...(tenants.length === 1 ? { tenant: tenants[0]?.slice(ofTenant.length) ?? '' } : {}), roles };
}
