import type * as z from 'zod';
import type { Issue } from './envelope.ts';

type Fault = z.core.$ZodIssue;

/** The faults of a value, in words that never repeat what was sent; `where` is the path of the value itself. */
export function issuesOf({ issues }: z.ZodError, where: string): Issue[] {
  return issues.flatMap((fault) => issuesOfFault(fault, where));
}

function issuesOfFault(fault: Fault, where: string): Issue[] {
  const path = fault.path.reduce<string>(
    (before, step) => (typeof step === 'number' ? `${before}[${step}]` : joined(before, String(step))),
    where,
  );
  if (fault.code === 'unrecognized_keys') {
    return fault.keys.map((key) => ({
      path: joined(path, shortened(key)),
      expected: 'no member of this name',
    }));
  }
  return [{ path, expected: expectation(fault) }];
}

const joined = (before: string, key: string): string => (before === '' ? key : `${before}.${key}`);

/** What was expected, in words. */
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
