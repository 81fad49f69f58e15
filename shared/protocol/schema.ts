import type * as z from 'zod';

/** A schema that is made when it is asked for. */
export type Schema<T extends z.ZodType = z.ZodType> = () => T;

/** What passes a schema. */
export type Inferred<S extends Schema> = z.output<ReturnType<S>>;

/**
 * Makes a schema, or several in one object, when they are first asked for, and keeps them. Whoever loads a module of schemas
 * needs a few of them: a function those of its own route's requests, and none of its answers. Cold, each takes about 0.1 ms.
 */
export function schema<S>(make: () => S): () => S {
  let made: { readonly it: S } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
