import { TandemError } from '../errors/tandem-error.ts';
import type { Identity, Principal, RequestHeaders } from '../ports/identity.ts';

/**
 * Takes everybody who can reach the server for the same principal, whatever they bring. Pages of other sites can reach
 * it too, by the browser of whoever reads them: what a browser says is from elsewhere is refused.
 */
export function anonymous(principal: Principal): Identity {
  const admit = async (headers: RequestHeaders = {}): Promise<Principal> => {
    if (isFromAnotherSite(headers)) {
      throw new TandemError('auth.invalid', { message: 'The request comes from a page of another site' });
    }
    return principal;
  };
  return { verify: (_token, headers) => admit(headers), recognise: admit };
}

function isFromAnotherSite(headers: RequestHeaders): boolean {
  const site = fieldOf(headers, 'sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = fieldOf(headers, 'origin');
  return origin !== undefined && URL.parse(origin)?.host !== fieldOf(headers, 'host');
}

function fieldOf(headers: RequestHeaders, name: string): string | undefined {
  const found = Object.keys(headers).find((other) => other.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
}
