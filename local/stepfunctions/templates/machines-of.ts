import * as z from 'zod';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { type Place, roleArn } from '../arns.ts';
import { isObject } from '../data-flow/is-object.ts';
import { nameOf, type Resource } from './names.ts';
import { resolve, type Template, Unresolvable } from './resolve.ts';

/** A state machine as CreateStateMachine takes it. */
export interface TemplatedMachine {
  readonly name: string;
  /** JSON text. */
  readonly definition: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
}

const json = z.json() as z.ZodType<Json>;

const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), json).optional() }),
  ),
  Parameters: z.record(z.string(), z.object({ Default: json.optional() })).default({}),
});

/**
 * The state machines of a CloudFormation template in JSON, as the CDK synthesises it, their definitions with what they
 * refer to filled in. `file` is how problems call it. Throws `template.invalid`.
 */
export function machinesOf(text: string, file: string, place: Place): readonly TemplatedMachine[] {
  const read = template.safeParse(parse(text, file));
  if (!read.success) {
    const { path, message } = read.error.issues[0] ?? { path: [], message: '' };
    throw invalid(file, `${['$', ...path].join('.')}: ${message}`);
  }
  const { Resources: resources, Parameters: parameters } = read.data as {
    Resources: Record<string, Resource>;
    Parameters: Template['parameters'];
  };
  const known = { resources, parameters, place };
  return Object.entries(resources)
    .filter(([, { Type: type }]) => type === 'AWS::StepFunctions::StateMachine')
    .map(([id, resource]) => machineOf(id, resource, { known, file }));
}

function machineOf(
  id: string,
  resource: Resource,
  { known, file }: { readonly known: Template; readonly file: string },
): TemplatedMachine {
  const { Properties: given = {} } = resource;
  try {
    const name = nameOf(id, resource);
    const role =
      given['RoleArn'] === undefined ? roleArn(known.place, name) : resolve(given['RoleArn'], known);
    return {
      name,
      definition: definitionOf(given, known),
      roleArn: String(role),
      type: given['StateMachineType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    };
  } catch (error) {
    if (error instanceof Unresolvable) throw invalid(file, `$.Resources.${id}: ${error.message}`, error);
    throw error;
  }
}

/** `DefinitionString` or `Definition`, with `DefinitionSubstitutions`. */
function definitionOf(given: JsonObject, known: Template): string {
  const source = given['DefinitionString'] ?? given['Definition'];
  if (source === undefined) throw new Unresolvable('it has neither DefinitionString nor Definition');
  const resolved = resolve(source, known);
  const text = typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
  const substitutions = resolve(given['DefinitionSubstitutions'] ?? {}, known);
  if (!isObject(substitutions)) return text;
  return Object.entries(substitutions).reduce(
    (filled, [name, value]) => filled.replaceAll(`\${${name}}`, String(value)),
    text,
  );
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(file, (cause as Error).message, cause);
  }
}

function invalid(file: string, why: string, cause?: unknown): TandemError {
  const message = `No state machines can be read from ${file}: ${why}`;
  return new TandemError('template.invalid', { message, cause });
}
