import * as z from 'zod';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { runId, tenantName } from '../../shared/protocol/primitives.ts';
import { type Inferred, schema } from '../../shared/protocol/schema.ts';

const which = schema(() => z.object({ tenant: tenantName(), run: runId() }));

export type Which = Inferred<typeof which>;

/** The run that a message is about; throws `request.invalid`, which no retry helps. */
export function namedRun(body: unknown): Which {
  const read = which().safeParse(body);
  if (read.success) return read.data;
  throw new TandemError('request.invalid', { message: 'The message names no run' });
}

/** The run that an execution was started for, by its input (rule 5: ids only). */
export function runOfInput(input: string | null): Which | undefined {
  if (input === null) return undefined;
  try {
    return which().safeParse(JSON.parse(input)).data;
  } catch {
    return undefined;
  }
}
