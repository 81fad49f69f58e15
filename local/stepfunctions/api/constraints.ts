import type * as z from 'zod';
import { ServiceError } from '../service-error.ts';

type Issue = z.core.$ZodIssue;
type Mistyped = z.core.$ZodIssueInvalidType;

const isMistyped = (issue: Issue): issue is Mistyped => issue.code === 'invalid_type';

/** Fields whose values AWS does not repeat, as they may be secret. */
const secret = new Set([
  'cause',
  'definition',
  'description',
  'error',
  'input',
  'output',
  'versionDescription',
]);

/** What is wrong with an input, in the words of AWS. */
export function refused(issues: readonly Issue[], input: unknown): ServiceError {
  const mistyped = issues.filter(isMistyped).find((issue) => valueAt(input, issue.path) != null);
  if (mistyped !== undefined) return unreadable(mistyped, valueAt(input, mistyped.path));
  const told = issues.map((issue) => tell(issue, valueAt(input, issue.path)));
  const count = `${told.length} validation error${told.length === 1 ? '' : 's'} detected`;
  return new ServiceError('ValidationException', `${count}: ${told.join('; ')}`);
}

function tell(issue: Issue, value: unknown): string {
  const field = issue.path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : String(part)));
  const hidden = secret.has(String(issue.path.at(-1))) && value != null;
  const shown = hidden ? 'Value' : `Value ${value == null ? 'null' : `'${text(value, issue.path.at(-1))}'`}`;
  return `${shown} at '${field.join('.')}' failed to satisfy constraint: ${constraint(issue)}`;
}

/** The rule that is broken, as AWS writes it. */
function constraint(issue: Issue): string {
  const isNumber = 'origin' in issue && (issue.origin === 'number' || issue.origin === 'int');
  const measure = isNumber ? 'value' : 'length';
  switch (issue.code) {
    case 'invalid_type':
      return 'Member must not be null';
    case 'too_small':
      return `Member must have ${measure} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have ${measure} less than or equal to ${issue.maximum}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${patternOf(issue)}`;
    default:
      return issue.message;
  }
}

function patternOf(issue: z.core.$ZodIssueInvalidStringFormat): string {
  return (issue.pattern ?? '').replace(/^\/|\/[a-z]*$/g, '');
}

/** A value of another kind than the field takes: the body is not what the protocol says. */
function unreadable(issue: Mistyped, value: unknown): ServiceError {
  const kinds: Readonly<Record<string, string>> = {
    array: 'a List',
    boolean: 'a Boolean',
    int: 'an Integer',
    number: 'an Integer',
    object: 'a Structure',
    string: 'a String',
  };
  const wanted = kinds[issue.expected] ?? 'the type of this field';
  const message =
    typeof value === 'object'
      ? 'Start of structure or map found where not expected.'
      : `${typeof value}_VALUE`.toUpperCase().concat(` can not be converted to ${wanted}`);
  return new ServiceError('SerializationException', message);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  return value;
}

/** What members of a list are called where AWS shows them. */
const members: Readonly<Record<string, string>> = {
  routingConfiguration: 'RoutingConfigurationListItem',
  tags: 'Tag',
};

/** The longest text of a value that is repeated. */
const maxShown = 4_096;

/** A value as AWS shows it. */
function text(value: unknown, field: PropertyKey | undefined): string {
  if (!Array.isArray(value)) return String(value).slice(0, maxShown);
  const shown = value
    .slice(0, 100)
    .map((member: unknown) => memberText(member, members[String(field)] ?? ''));
  return `[${shown.join(', ')}]`.slice(0, maxShown);
}

function memberText(member: unknown, name: string): string {
  if (typeof member !== 'object' || member === null) return String(member);
  const fields = Object.entries(member).map(([key, value]) => `${key}=${String(value)}`);
  return `${name}(${fields.join(', ')})`;
}
