import type { z } from 'zod';
import type { Issue } from '../../shared/protocol/envelope.ts';

/** The value as the schema gives it back; faults are added to `issues` with paths that start with `where`. */
export function validate(schema: z.ZodType, value: unknown, where: string, issues: Issue[]): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const fault of result.error.issues) issues.push(...issuesOf(fault, where));
  return undefined;
}

type Fault = z.core.$ZodIssue;

function issuesOf(fault: Fault, where: string): Issue[] {
  const path = fault.path.reduce<string>(
    (before, step) => (typeof step === 'number' ? `${before}[${step}]` : `${before}.${String(step)}`),
    where,
  );
  if (fault.code === 'unrecognized_keys') {
    return fault.keys.map((key) => ({
      path: `${path}.${shortened(key)}`,
      expected: 'no member of this name',
    }));
  }
  return [{ path, expected: expectation(fault) }];
}

/** What was expected, in words; never what was sent. */
function expectation(fault: Fault): string {
  switch (fault.code) {
    case 'invalid_type':
      return words[fault.expected] ?? fault.expected;
    case 'invalid_value':
      return `one of ${fault.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_big':
      return `at most ${fault.maximum} ${units[fault.origin] ?? ''}`.trim();
    case 'too_small':
      return `at least ${fault.minimum} ${units[fault.origin] ?? ''}`.trim();
    default:
      return fault.message;
  }
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  nonoptional: 'a value',
};

const units: Readonly<Record<string, string>> = { string: 'characters', array: 'items' };

function shortened(name: string): string {
  return name.length > 64 ? `${name.slice(0, 64)}…` : name;
}
