import type * as z from 'zod';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { Invocations } from './invocations.ts';
import { type MockConfig, mockConfigFile } from './schema.ts';

/** Problems that are told at most. */
const shownProblems = 5;

/**
 * Reads a mock configuration; `name` is how its problems call it. Throws `mocks.invalid`, naming the places in it.
 */
export function readMockConfig(text: string, name: string): MockConfig {
  return checkMockConfig(parse(text, name), name);
}

/** The same of what has been parsed already. */
export function checkMockConfig(value: unknown, name: string): MockConfig {
  const checked = mockConfigFile.safeParse(value);
  const problems = checked.success ? problemsOf(checked.data) : checked.error.issues.map(issueText);
  if (checked.success && problems.length === 0) return checked.data;
  const shown = problems.slice(0, shownProblems).join('; ');
  const more = problems.length > shownProblems ? `; and ${problems.length - shownProblems} more` : '';
  throw new TandemError('mocks.invalid', {
    message: `${name} is no mock configuration: ${shown}${more}`,
    details: { problems },
  });
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${name} is no mock configuration: ${(cause as Error).message}`;
    throw new TandemError('mocks.invalid', { message, cause });
  }
}

function issueText({ path, message, ...issue }: z.core.$ZodIssue): string {
  const inner = 'issues' in issue && Array.isArray(issue.issues) ? issue.issues[0]?.message : undefined;
  return `${pathOf(path)}: ${inner ?? message}`;
}

/** What the schema cannot say: numbers without gaps, and names that exist. */
function problemsOf({ StateMachines: machines, MockedResponses: responses, ...file }: MockConfig): string[] {
  const gaps = Object.entries(responses).flatMap(([name, given]) => {
    try {
      new Invocations(given);
      return [];
    } catch (error) {
      return [`${pathOf(['MockedResponses', name])}: ${(error as Error).message}`];
    }
  });
  const used = Object.entries(machines).flatMap(([machine, { TestCases: cases }]) =>
    Object.entries(cases).flatMap(([testCase, states]) =>
      Object.entries(states).map(([state, name]) => ({
        path: ['StateMachines', machine, 'TestCases', testCase, state],
        name,
      })),
    ),
  );
  const testState = file['x-test-state'];
  if (testState !== undefined) used.push({ path: ['x-test-state'], name: testState });
  const unknown = used
    .filter(({ name }) => !Object.hasOwn(responses, name))
    .map(({ path, name }) => `${pathOf(path)}: there is no mocked response ${JSON.stringify(name)}`);
  return [...gaps, ...unknown];
}

/** As JSONPath: `$.MockedResponses['My response']['0-1'].Throw`. */
function pathOf(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_]\w*$/.test(String(step)) ? `.${String(step)}` : `['${String(step)}']`;
  });
  return `$${steps.join('')}`;
}
