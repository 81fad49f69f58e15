import * as z from 'zod';
import type { Json } from '../../../shared/domain/json.ts';

const json = z.json() as z.ZodType<Json>;
const name = z.string().min(1);

/** How a task ends: exactly one of these is given. */
export const endings = ['Return', 'Throw', 'x-throw', 'x-never', 'x-echo'] as const;

/** What one invocation answers. Fields beginning with `x-` are ours; the others are those of Step Functions Local. */
const answer = z
  .strictObject({
    Return: json.optional(),
    Throw: z.strictObject({ Error: name, Cause: z.string().optional() }).optional(),
    'x-throw': z.strictObject({ Cause: z.string().optional() }).optional(),
    'x-never': z.literal(true).optional(),
    'x-echo': z.literal(true).optional(),
    'x-submitted': json.optional(),
  })
  .refine((given) => endings.filter((ending) => given[ending] !== undefined).length === 1, {
    message: `exactly one of ${endings.join(', ')} is needed`,
  });

const responses = z.record(
  z.string().regex(/^\d{1,6}(-\d{1,6})?$/, 'is no number or range of numbers'),
  answer,
);

const testCases = z.strictObject({ TestCases: z.record(name, z.record(name, name)) });

const object = z.strictObject({
  Bucket: name,
  Key: name,
  Body: z.string(),
  Encoding: z.enum(['utf8', 'base64']).default('utf8'),
});

/** `MockConfigFile.json` of AWS Step Functions Local, with our additions. */
export const mockConfigFile = z.strictObject({
  StateMachines: z.record(name, testCases),
  MockedResponses: z.record(name, responses),
  'x-test-state': name.optional(),
  'x-objects': z.array(object).default([]),
});

export type MockConfigFile = z.input<typeof mockConfigFile>;
export type MockConfig = z.output<typeof mockConfigFile>;
export type MockedAnswerText = z.output<typeof answer>;
export type MockedObject = z.output<typeof object>;
