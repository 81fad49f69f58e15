import type * as z from 'zod';
import type { StepFunctions } from '../engine.ts';
import { refused } from './constraints.ts';

/** Things of the call apart from its input. */
export interface CallContext {
  /** Ends when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** One action of the service: checks what it is asked and does it. */
export type Operation = (
  stepFunctions: StepFunctions,
  input: unknown,
  context: CallContext,
) => object | Promise<object>;

/** Makes an action of the shape of its input and of what it does. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  perform: (
    stepFunctions: StepFunctions,
    input: z.output<Schema>,
    context: CallContext,
  ) => object | Promise<object>,
): Operation {
  return (stepFunctions, input, context) => {
    const checked = schema.safeParse(input);
    if (checked.success) return perform(stepFunctions, checked.data, context);
    throw refused(checked.error.issues, input);
  };
}
