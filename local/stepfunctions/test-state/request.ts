import * as z from 'zod';
import { arn, cause, error, payload } from '../api/fields.ts';

const stateName = z.string().min(1).max(80);
const count = z.int().min(0);

const mock = z.object({
  result: payload.optional(),
  errorOutput: z.object({ error: error.optional(), cause: cause.optional() }).optional(),
  fieldValidationMode: z.enum(['STRICT', 'PRESENT', 'NONE']).default('STRICT'),
});

const stateConfiguration = z.object({
  retrierRetryCount: count.optional(),
  errorCausedByState: stateName.optional(),
  mapIterationFailureCount: count.optional(),
  mapItemReaderData: payload.optional(),
});

/** What TestState is asked; JSON is text here. */
export const testStateRequest = z.object({
  definition: z.string().min(1).max(1_048_576),
  roleArn: arn.optional(),
  input: payload.optional(),
  inspectionLevel: z.enum(['INFO', 'DEBUG', 'TRACE']).default('INFO'),
  revealSecrets: z.boolean().default(false),
  variables: payload.optional(),
  stateName: stateName.optional(),
  mock: mock.optional(),
  context: payload.optional(),
  stateConfiguration: stateConfiguration.default({}),
});

export type TestStateRequest = z.output<typeof testStateRequest>;
export type Mock = z.output<typeof mock>;
export type StateConfiguration = z.output<typeof stateConfiguration>;
