import type { Settings } from '../../shared/protocol/environment/environment.ts';

/** How much may be asked, as it is set. */
export function rateLimits(settings: Settings<'server'>) {
  const {
    TANDEM_RATE_LIMIT: caller = 2_000,
    TANDEM_RATE_LIMIT_TENANT: tenant = 10_000,
    TANDEM_RATE_LIMIT_STRANGERS: stranger = 500,
    TANDEM_LONG_POLLS: waiters = 2_000,
  } = settings;
  return {
    caller: rateOf(caller),
    tenant: rateOf(tenant),
    stranger: rateOf(stranger),
    waiters,
    elapsed: () => performance.now(),
  };
}

const rateOf = (set: number | 'off') => (set === 'off' ? undefined : set);
