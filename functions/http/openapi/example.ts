/** A good request to a route. Shown in the OpenAPI document, and sent by the tests. */
export interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One example of every route of a table. */
export type Examples<R> = { readonly [K in keyof R]: Example };

export const run = { run: 'run_01kdvdna000000000000000001' };
export const approval = { approval: 'apr_01kdvdna000000000000000001-12' };
export const agent = { agent: 'csv-report' };
