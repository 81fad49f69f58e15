/**
 * The recordings were made with an SDK (botocore) that looks at lengths and ranges before it sends anything. So does
 * this client, with the least values of the service's model: what such an SDK refuses never reaches the service.
 */
const leastLengths: Readonly<Record<string, number>> = {
  definition: 1,
  name: 1,
  roleArn: 1,
  stateMachineArn: 1,
  executionArn: 1,
  stateName: 1,
  'stateConfiguration.errorCausedByState': 1,
};

const leastValues: Readonly<Record<string, number>> = {
  'stateConfiguration.retrierRetryCount': 0,
  'stateConfiguration.mapIterationFailureCount': 0,
};

/** What the SDK throws. */
export class ParamValidationError extends Error {
  override readonly name = 'ParamValidationError';
}

/** Throws `ParamValidationError`, listing everything that is too short or too small. */
export function validate(input: object): void {
  const problems = [...flat(input, '')].flatMap(([name, value]) => problemOf(name, value) ?? []);
  if (problems.length > 0)
    throw new ParamValidationError(['Parameter validation failed:', ...problems].join('\n'));
}

function* flat(value: object, prefix: string): Generator<[string, unknown]> {
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'object' && inner !== null) yield* flat(inner, `${prefix}${name}.`);
    else yield [`${prefix}${name}`, inner];
  }
}

function problemOf(name: string, value: unknown): string | undefined {
  const [length, least] = [own(leastLengths, name), own(leastValues, name)];
  if (length !== undefined && typeof value === 'string' && value.length < length)
    return `Invalid length for parameter ${name}, value: ${value.length}, valid min length: ${length}`;
  if (least !== undefined && typeof value === 'number' && value < least)
    return `Invalid value for parameter ${name}, value: ${value}, valid min value: ${least}`;
  return undefined;
}

const own = (table: Readonly<Record<string, number>>, name: string): number | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
