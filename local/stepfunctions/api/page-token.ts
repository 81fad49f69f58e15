import { ServiceError } from '../service-error.ts';

/** Where the next page begins, as an opaque token. */
export function pageToken(at: number): string {
  return Buffer.from(JSON.stringify({ at })).toString('base64url');
}

/** What `pageToken` was given. */
export function readPageToken(token: string): number {
  try {
    const { at } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { readonly at?: unknown };
    if (Number.isSafeInteger(at)) return at as number;
  } catch {
    // Told below.
  }
  throw new ServiceError('InvalidToken', `Invalid Token: '${token}'`);
}
