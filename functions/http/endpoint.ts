import type * as z from 'zod';
import type { Json } from '../../shared/domain/json.ts';
import type { Principal } from '../../shared/ports/identity.ts';
import type { Inferred, Schema } from '../../shared/protocol/schema.ts';
import type { Route } from './route.ts';

type Parsed<R, K extends 'params' | 'query' | 'body'> =
  R extends Record<K, infer S extends Schema> ? Inferred<S> : undefined;

/** A request that has passed the middlewares: authenticated, parsed and valid. */
export interface Call<R extends Route> {
  readonly requestId: string;
  readonly caller: R['credential'] extends 'token' ? Principal : undefined;
  readonly ticket: R['credential'] extends 'ticket' ? string : undefined;
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  readonly idempotencyKey?: string;
  /** Aborted when the client has left or the server stops; absent where the platform can't tell. */
  readonly signal?: AbortSignal;
}

/** What crosses the wire may be read-only on this side. */
type Wire<T> = Json extends T
  ? T
  : T extends readonly (infer E)[]
    ? readonly Wire<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Wire<T[K]> }
      : T;

/** A success; errors are thrown. */
export interface Reply<T = unknown> {
  readonly data: T;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A route with what it does. */
export interface Endpoint {
  readonly route: Route;
  handle(call: unknown): Promise<Reply>;
}

/** The endpoints of a table of routes. */
export type EndpointsOf<R> = { readonly [K in keyof R]: Endpoint };

/** What a reply carries: of a route of lines, each of them. */
type DataOf<R extends Route> = R['lines'] extends true
  ? readonly Wire<z.input<ReturnType<R['response']>>>[]
  : Wire<z.input<ReturnType<R['response']>>>;

/** Ties a function to its route, which gives it its types. */
export function endpoint<R extends Route>(
  route: R,
  handle: (call: Call<R>) => Promise<Reply<DataOf<R>>>,
): Endpoint {
  return { route, handle: handle as Endpoint['handle'] };
}
