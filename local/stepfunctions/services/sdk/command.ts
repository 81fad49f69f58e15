import type { NormalizedSchema } from '@smithy/core/schema';
import type { Answered } from './metadata.ts';

/** A command of a client, as far as it is needed whichever it is. */
export interface Command {
  readonly schema: unknown;
  readonly middlewareStack: {
    add(middleware: unknown, options: { readonly step: 'deserialize'; readonly priority: 'low' }): void;
  };
}

export interface Operation {
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

type Schema = Parameters<typeof NormalizedSchema.of>[0];

/** What goes in and out, by a schema `[9, namespace, name, traits, input, output]`; loads what reads schemas. */
export async function operationOf({ schema }: Command): Promise<Operation> {
  const { NormalizedSchema: Normalized } = await import('@smithy/core/schema');
  const [, , , , input, output] = schema as readonly Schema[];
  return { input: Normalized.of(resolved(input)), output: Normalized.of(resolved(output)) };
}

const resolved = (schema: Schema | undefined): Schema =>
  typeof schema === 'function' ? (schema as () => Schema)() : (schema ?? 'unit');

interface Raw {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** Keeps what the answer to a command says besides its body; ask when it has been sent. */
export function watch(command: Command): () => Answered {
  let answered: Answered = { status: 0, headers: {} };
  const middleware = (next: (given: unknown) => Promise<Raw>) => async (given: unknown) => {
    const answer = await next(given);
    const { statusCode: status, headers } = answer.response;
    answered = { status, headers: { ...headers } };
    return answer;
  };
  command.middlewareStack.add(middleware, { step: 'deserialize', priority: 'low' });
  return () => answered;
}

interface SdkStream {
  transformToString(encoding: 'utf-8'): Promise<string>;
}

const isStream = (value: unknown): value is SdkStream =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Uint8Array) &&
  'transformToString' in value;

/** Reads bodies to their end, as text; the connection is free again then. */
export async function readStreams(output: object): Promise<object> {
  const entries = Object.entries(output).map(async ([name, value]) => [
    name,
    isStream(value) ? await value.transformToString('utf-8') : value,
  ]);
  return Object.fromEntries(await Promise.all(entries)) as object;
}
