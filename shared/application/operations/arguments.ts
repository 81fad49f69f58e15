import type { Json } from '../../domain/json.ts';
import type { OperationArguments, OperationKind } from '../../domain/operations.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import { operationSchemas } from '../../protocol/operations.ts';

/** Faults that are named; more would only hide the first. */
const issuesNamed = 20;

/** The arguments of an operation, checked. Throws `operation.invalid` naming each fault. */
export function checkArguments<K extends OperationKind>(kind: K, given: Json): OperationArguments[K] {
  const checked = operationSchemas[kind].safeParse(given);
  if (checked.success) return checked.data as OperationArguments[K];
  const issues = checked.error.issues
    .slice(0, issuesNamed)
    .map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new TandemError('operation.invalid', {
    message: `${kind}: ${issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')}`,
    details: { kind, issues },
  });
}
