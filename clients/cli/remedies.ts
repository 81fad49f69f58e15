import type { TandemError } from '../../shared/errors/tandem-error.ts';
import type { ApiError } from '../sdk/api-error.ts';

/** The command that lists what an error's details name. */
const lists: Readonly<Record<string, string>> = {
  agent: 'agents',
  approval: 'approvals --all',
  key: 'keys',
  run: 'runs',
  tenant: 'tenants',
  webhook: 'webhooks',
};

/** A remedy that can be typed here, where the API can only speak of requests. */
export function remedyHere({ code, details }: ApiError, verb: string | undefined): string | undefined {
  if (code === 'auth.missing') return 'Sign in with `npx tandem login`, or set TANDEM_TOKEN.';
  if (code !== 'resource.not-found') return undefined;
  const named = Object.keys(lists).find((name) => name in details) ?? (verb === 'agents' ? 'agent' : '');
  return lists[named] && `\`npx tandem ${lists[named]}\` lists them.`;
}

/**
 * A remedy that fits the command better than the one for everybody. What is wrong with a program stands above it already,
 * with its place.
 */
export function commandRemedy({ code }: TandemError, verb: string | undefined): string | undefined {
  if (code === 'port.taken' && verb === 'login') return 'End one of them, and sign in again.';
  if (code !== 'definition.invalid') return undefined;
  return verb === 'dev' ? 'Correct it and save it.' : 'Correct it and try again.';
}
