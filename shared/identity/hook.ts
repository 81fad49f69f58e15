import * as z from 'zod';
import { platformTenant } from '../domain/audit/records.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Identity, Principal, RequestHeaders } from '../ports/identity.ts';
import { type Link, refusedToken } from './link.ts';
import { isTenant } from './principals.ts';

/** What a host's own module is asked, and what it may answer; what it answers is not trusted before it was checked. */
export type HostVerify = (request: {
  /** Absent in a request without `Authorization: Bearer …`. */
  readonly token?: string;
  /** Names in lower case. */
  readonly headers: RequestHeaders;
}) => unknown;

export interface HookOptions {
  readonly verify: HostVerify;
  /** How long it may take, in milliseconds. */
  readonly timeoutMs: number;
}

const answer = z
  .strictObject({
    tenant: z.custom<string>(isTenant),
    subject: z.string().min(1).max(256),
    roles: z.array(z.enum(['user', 'operator', 'admin', 'platform'])),
  })
  .refine(({ tenant, roles }) => tenant !== platformTenant || roles.join() === 'platform');

/**
 * Asks the host's own code. No answer (`undefined` or `null`) is a refusal; one that is no principal, an error, and
 * silence are `auth.unavailable`: nobody gets in by a fault of the hook.
 */
export function hostHook({ verify, timeoutMs }: HookOptions): Link & Required<Pick<Identity, 'recognise'>> {
  const ask = async (token: string | undefined, headers: RequestHeaders): Promise<Principal | undefined> => {
    const request = { headers: lowerCased(headers), ...(token !== undefined && { token }) };
    const said = await answerOf(verify, request, timeoutMs);
    if (said === undefined || said === null) return undefined;
    const { success, data, error } = answer.safeParse(said);
    if (!success) throw unavailable('has answered with something that is no principal', error);
    return Object.freeze({ ...data, roles: Object.freeze(data.roles) });
  };
  return {
    accepts: () => true,
    async verify(token, headers) {
      const principal = await ask(token, headers);
      if (principal === undefined) throw refusedToken('was refused by the host');
      return principal;
    },
    recognise: (headers) => ask(undefined, headers),
  };
}

async function answerOf(
  verify: HostVerify,
  request: Parameters<HostVerify>[0],
  timeoutMs: number,
): Promise<unknown> {
  const { promise: silence, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(unavailable(`has not answered within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([(async () => verify(request))(), silence]);
  } catch (error) {
    throw error instanceof TandemError ? error : unavailable('has failed', error);
  } finally {
    clearTimeout(timer);
  }
}

const unavailable = (what: string, cause?: unknown) =>
  new TandemError('auth.unavailable', { message: `The host's own authentication ${what}`, cause });

const lowerCased = (headers: RequestHeaders): RequestHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
