import * as oauth from 'oauth4webapi';
import { ApiError, unreachable } from '../../sdk/api-error.ts';
import { UsageError } from '../usage-error.ts';

/** Where people sign in, and how they get back to the terminal. */
export interface LoginPage {
  /** Of the authorization server. */
  readonly issuer: string;
  /** How it knows the command line. */
  readonly client: string;
  readonly scope: string;
  /** Where the browser brings the answer: a name of this machine, and the ports to try; 0 is any. */
  readonly callback: { readonly host: string; readonly ports: readonly number[] };
}

/** Of a server that signs people in itself. */
export const ownPage = (server: string): LoginPage => ({
  issuer: server,
  client: 'tandem-cli',
  scope: 'openid offline_access api',
  callback: { host: '127.0.0.1', ports: [0] },
});

/**
 * Of a user pool of Cognito: it compares ports, takes http at localhost alone (`infra/constructs/user-pool.ts`), and gives
 * a refresh token that nobody has to ask for.
 */
export const userPoolPage = (issuer: string, client: string): LoginPage => ({
  issuer,
  client,
  scope: 'openid',
  callback: { host: 'localhost', ports: [8976, 8977, 8978] },
});

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Requests go unencrypted only where they never leave this machine. */
export function requestOptions(address: string) {
  const { protocol, hostname } = new URL(address);
  const isInsecure = protocol === 'http:';
  if (isInsecure && !loopback.test(hostname)) {
    throw new UsageError(
      `${address} is not encrypted: passwords and tokens go over https, or stay on this machine`,
    );
  }
  return { [oauth.allowInsecureRequests]: isInsecure, signal: () => AbortSignal.timeout(15_000) };
}

/** The authorization server at an address. Throws `server.unreachable`. */
export async function discover(address: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(address);
  const options = requestOptions(address);
  const response = await reach(address, oauth.discoveryRequest(issuer, options));
  try {
    return await oauth.processDiscoveryResponse(issuer, response);
  } catch (error) {
    throw unreachable(`What answers at ${address} is not the authorization server of that name`, error);
  }
}

/** An answer; throws `server.unreachable` when there is none. */
export async function reach(address: string, request: Promise<Response>): Promise<Response> {
  try {
    return await request;
  } catch (error) {
    throw unreachable(`Nobody answers at ${address}`, error);
  }
}

/** The authorization server has said no. */
export function refused(message: string, cause?: unknown): ApiError {
  const remedy = 'Sign in again with `npx tandem login`.';
  return new ApiError({ code: 'auth.invalid', message, status: 401, retryable: false, remedy, cause });
}
