import type * as z from 'zod';
import type { Issue } from '../../shared/protocol/envelope.ts';
import { issuesOf } from '../../shared/protocol/issues.ts';

/** The value as the schema gives it back; faults are added to `issues` with paths that start with `where`. */
export function validate(schema: z.ZodType, value: unknown, where: string, issues: Issue[]): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // One by one: a body may have more faults than a call may have arguments.
  for (const issue of issuesOf(result.error, where)) issues.push(issue);
  return undefined;
}
