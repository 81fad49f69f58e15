import type { Json } from '../../domain/json.ts';
import type { OperationArguments, OperationKind } from '../../domain/operations.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import { issuesOf } from '../../protocol/issues.ts';
import { operationSchemas } from '../../protocol/operations.ts';

/** Faults that are named; more would only hide the first. */
const issuesNamed = 20;

/** The arguments of an operation, checked. Throws `operation.invalid` naming each fault. */
export function checkArguments<K extends OperationKind>(kind: K, given: Json): OperationArguments[K] {
  const checked = operationSchemas[kind]().safeParse(given);
  if (checked.success) return checked.data as OperationArguments[K];
  const issues = issuesOf(checked.error, '').slice(0, issuesNamed);
  throw new TandemError('operation.invalid', {
    message: issues
      .map(({ path, expected }) => `${path || 'the arguments'}: expected ${expected}`)
      .join('; '),
    details: { kind, issues: issues.map(({ path, expected }) => ({ path, expected })) },
  });
}
