import * as oauth from 'oauth4webapi';
import { ApiError, unreachable } from '../../sdk/api-error.ts';
import { UsageError } from '../usage-error.ts';

/** How the authorization server knows the command line. */
export const client: oauth.Client = { client_id: 'tandem-cli' };

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Requests go unencrypted only where they never leave this machine. */
export function requestOptions(server: string) {
  const { protocol, hostname } = new URL(server);
  const isInsecure = protocol === 'http:';
  if (isInsecure && !loopback.test(hostname)) {
    throw new UsageError(
      `${server} is not encrypted: passwords and tokens go over https, or stay on this machine`,
    );
  }
  return { [oauth.allowInsecureRequests]: isInsecure, signal: () => AbortSignal.timeout(15_000) };
}

/** The authorization server of a Tandem server. Throws `server.unreachable`. */
export async function discover(server: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server);
  const options = requestOptions(server);
  const response = await reach(server, oauth.discoveryRequest(issuer, options));
  try {
    return await oauth.processDiscoveryResponse(issuer, response);
  } catch (error) {
    throw unreachable(`What answers at ${server} is not the authorization server of that name`, error);
  }
}

/** An answer; throws `server.unreachable` when there is none. */
export async function reach(server: string, request: Promise<Response>): Promise<Response> {
  try {
    return await request;
  } catch (error) {
    throw unreachable(`No Tandem server answers at ${server}`, error);
  }
}

/** The authorization server has said no. */
export function refused(message: string, cause?: unknown): ApiError {
  const remedy = 'Sign in again with `npx tandem login`.';
  return new ApiError({ code: 'auth.invalid', message, status: 401, retryable: false, remedy, cause });
}
