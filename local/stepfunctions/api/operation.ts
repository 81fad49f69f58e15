import type { z } from 'zod';
import type { StepFunctions } from '../engine.ts';
import { ServiceError } from '../service-error.ts';

/** One action of the service: checks what it is asked and does it. */
export type Operation = (stepFunctions: StepFunctions, input: unknown) => object | Promise<object>;

/** Makes an action of the shape of its input and of what it does. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  perform: (stepFunctions: StepFunctions, input: z.output<Schema>) => object | Promise<object>,
): Operation {
  return (stepFunctions, input) => {
    const checked = schema.safeParse(input);
    if (checked.success) return perform(stepFunctions, checked.data);
    throw invalid(checked.error.issues);
  };
}

function invalid(issues: readonly z.core.$ZodIssue[]): ServiceError {
  const told = issues.map(
    ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
  );
  const count = `${told.length} validation error${told.length === 1 ? '' : 's'} detected`;
  return new ServiceError('ValidationException', `${count}: ${told.join('; ')}`);
}
