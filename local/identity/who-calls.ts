import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SettingError } from '../../shared/errors/setting-error.ts';
import { anonymous } from '../../shared/identity/anonymous.ts';
import { identityChain } from '../../shared/identity/chain.ts';
import { type HostVerify, hostHook } from '../../shared/identity/hook.ts';
import { issuerElsewhere } from '../../shared/identity/issuer-elsewhere.ts';
import type { Link } from '../../shared/identity/link.ts';
import { sharedSecret } from '../../shared/identity/shared-secret.ts';
import { tokenVerifier } from '../../shared/identity/token-verifier.ts';
import type { Identity } from '../../shared/ports/identity.ts';
import type { Settings } from '../../shared/protocol/environment/environment.ts';
import { isLoopback } from '../gateway/host-check.ts';
import type { LocalIssuer } from './local-issuer.ts';

/** How long the host's own module may take, in milliseconds. */
const hookTimeoutMs = 5_000;

export interface WhoCallsOptions {
  readonly settings: Settings<'server'>;
  readonly issuer: LocalIssuer;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What knows API keys. */
  readonly apiKeys?: Link;
}

/**
 * How callers are known: the one place that decides. The issuer of the data folder, issuers elsewhere, API keys, the
 * shared secret, and for what none of them knows the host's own module; or, by name and on loopback only, nobody is
 * asked. Throws `SettingError`.
 */
export async function whoCalls({ settings, issuer, now, apiKeys }: WhoCallsOptions): Promise<Identity> {
  if (settings.TANDEM_AUTH === 'none') return everybody(settings);
  const {
    TANDEM_OIDC: elsewhere = [],
    TANDEM_SHARED_SECRET: secret,
    TANDEM_SHARED_SECRET_TENANT: tenant = 'local',
    TANDEM_SHARED_SECRET_ROLE: role = 'user',
    TANDEM_AUTH_HOOK: module,
  } = settings;
  const own = tokenVerifier({
    issuer: issuer.isOurs,
    audience: issuer.audience,
    fetchKeys: () => issuer.fetchKeys(),
    now,
  });
  const hook = module === undefined ? undefined : await hookOf(module);
  const links = [
    own,
    ...elsewhere.map((other) => issuerElsewhere(other, now)),
    ...(apiKeys ? [apiKeys] : []),
    ...(secret ? [sharedSecret(secret, { tenant, subject: 'shared-secret', roles: [role] })] : []),
    ...(hook ? [hook] : []),
  ];
  return identityChain(links, hook?.recognise);
}

function everybody({ TANDEM_HOST: host = '127.0.0.1' }: Settings<'server'>): Identity {
  if (!isLoopback(host)) {
    throw new SettingError(
      `Without authentication the server listens on loopback only, not on ${host}; leave out --host, or --auth none`,
    );
  }
  return anonymous({ tenant: 'local', subject: 'anonymous', roles: ['admin'] });
}

/** Loaded at the start, so that what cannot be loaded is told then. */
async function hookOf(path: string) {
  const module = await import(pathToFileURL(resolve(path)).href).catch((cause: unknown) => {
    throw unusable(`cannot be loaded: ${(cause as Error).message}`);
  });
  if (typeof module.default !== 'function') throw unusable('has no function as its default export');
  return hostHook({ verify: module.default as HostVerify, timeoutMs: hookTimeoutMs });
}

const unusable = (why: string) => new SettingError(`The module of TANDEM_AUTH_HOOK ${why}`);
