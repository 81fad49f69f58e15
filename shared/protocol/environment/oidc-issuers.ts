import * as z from 'zod';

/**
 * Without encryption only to a name without a dot, like that of a service of Compose: nobody on the internet has one.
 */
const address = () => z.string().regex(/^(https:\/\/[^\s/]+|http:\/\/[a-z0-9-]+(:\d{1,5})?(?=\/|$))\S*$/);
const name = () => z.string().min(1).max(200);
const tenant = () => z.string().regex(/^(?!platform$)[a-z0-9][a-z0-9-]{0,62}$/);
const role = () => z.enum(['user', 'operator', 'admin', 'platform']);

/** An issuer elsewhere whose tokens are taken. */
const oidcIssuer = () =>
  z
    .strictObject({
      /** `iss` of its tokens. */
      issuer: address(),
      /** Where its keys are; without it, its discovery document says. */
      jwksUri: address().optional(),
      /** What its tokens have to be meant for, one or another: `aud`, or `client_id` where there is no `aud`. */
      audience: z.union([name(), z.array(name()).min(1).max(20)]),
      /** The claim that names the tenant; default `tenant`. */
      tenantClaim: name().optional(),
      /** The one tenant that all its tokens are for, instead of a claim. */
      tenant: tenant().optional(),
      /** The claim that lists roles; default `roles`. */
      rolesClaim: name().optional(),
      /** What its names of roles mean here; without it they have to be ours. */
      roles: z.record(name(), role()).optional(),
    })
    .refine((issuer) => issuer.tenant === undefined || issuer.tenantClaim === undefined);

export type OidcIssuer = z.output<ReturnType<typeof oidcIssuer>>;

/** JSON: one issuer or a list of them, each named once. */
export const oidcIssuers = () =>
  z
    .string()
    .transform((text, context) => {
      try {
        return [JSON.parse(text)].flat() as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.array(oidcIssuer()).min(1).max(20))
    .refine((issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length);
