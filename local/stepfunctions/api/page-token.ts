import { ServiceError } from '../service-error.ts';

/** Where the next page begins, as an opaque token. */
export function pageToken(at: number | string): string {
  return Buffer.from(JSON.stringify({ at })).toString('base64url');
}

/** The number that `pageToken` was given. */
export function readPageToken(token: string): number {
  const at = read(token);
  if (Number.isSafeInteger(at)) return at as number;
  throw unknownToken();
}

export interface PageAsked {
  readonly maxResults: number;
  readonly nextToken?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** `nextToken` of the answer, or nothing on the last page. */
  readonly next: { readonly nextToken?: string };
}

/** A page of a list with rising keys; a token holds the key of the last item of the page before. */
export function pageOf<Item>(
  items: readonly Item[],
  { maxResults, nextToken }: PageAsked,
  keyOf: (item: Item) => string | number,
): Page<Item> {
  const from = nextToken === undefined ? 0 : after(items.map(keyOf), read(nextToken));
  const shown = items.slice(from, from + maxResults);
  const last = shown.at(-1);
  if (last === undefined || from + maxResults >= items.length) return { items: shown, next: {} };
  return { items: shown, next: { nextToken: pageToken(keyOf(last)) } };
}

/** Where the list goes on behind a key, also when that is no longer in it. */
function after(keys: readonly (string | number)[], key: unknown): number {
  if (typeof key !== 'string' && typeof key !== 'number') throw unknownToken();
  const index = keys.findIndex((each) => each > key);
  return index < 0 ? keys.length : index;
}

function read(token: string): unknown {
  try {
    return (JSON.parse(Buffer.from(token, 'base64url').toString()) as { readonly at?: unknown } | null)?.at;
  } catch {
    return undefined;
  }
}

function unknownToken(): ServiceError {
  return new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
}
