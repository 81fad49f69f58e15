import * as z from 'zod';
import { diagnose } from '../definition/diagnose.ts';
import { operation } from './operation.ts';

/** Diagnostics of one answer; 0 stands for this as well. */
const maxDiagnostics = 100;

const asked = z.object({
  definition: z.string().min(1).max(1_048_576),
  type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  severity: z.enum(['ERROR', 'WARNING']).default('ERROR'),
  maxResults: z
    .int()
    .min(0)
    .max(maxDiagnostics)
    .default(0)
    .transform((max) => max || maxDiagnostics),
});

/** Says what is wrong with a definition, and on demand what it may have meant otherwise; creates nothing. */
export const validateStateMachineDefinition = operation(asked, (_, input) => {
  const found = diagnose(input.definition, input.type);
  const wanted = found.filter(({ severity }) => input.severity === 'WARNING' || severity === 'ERROR');
  return {
    result: found.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: wanted.slice(0, input.maxResults),
    truncated: wanted.length > input.maxResults,
  };
});
