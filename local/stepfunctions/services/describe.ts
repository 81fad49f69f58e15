import type { JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { parseResource, resourceName, type ServiceResource } from '../tasks/resource.ts';
import { findOptimized, type ParameterKind, type Pattern } from './integrations.ts';

/** What is known of a `Resource` before anything runs. */
export interface ResourceDescription extends ServiceResource {
  /** `sqs:sendMessage.waitForTaskToken`. */
  readonly name: string;
  /** The service behind `aws-sdk:`, whose action is passed on as it is; absent for integrations of their own. */
  readonly sdk: string | undefined;
  /** All patterns of this integration, its own among them. */
  readonly patterns: readonly Pattern[];
  readonly required: readonly string[];
  /** All names of parameters, or `undefined` where any may be given. */
  readonly parameters: readonly string[] | undefined;
  readonly kinds: Readonly<Record<string, ParameterKind>>;
  /** What errors of the service begin with; of `aws-sdk` it is known only once its client is loaded. */
  readonly prefix: string | undefined;
}

const sdkPatterns: readonly Pattern[] = ['request', 'token'];
const sdkAction = /^[a-z][A-Za-z0-9]*$/;
const sdkService = /^aws-sdk:([a-z][a-z0-9]*)$/;

/** `undefined` when AWS would not know it: an integration, or a way to wait for its end, that does not exist. */
export function describeResource(arn: string): ResourceDescription | undefined {
  const found = parseResource(arn);
  if (found?.kind !== 'service') return;
  const { resource } = found;
  const sdk = sdkService.exec(resource.service)?.[1];
  const description = sdk === undefined ? describeOptimized(resource) : describeSdk(resource, sdk);
  return description?.patterns.includes(resource.pattern) ? description : undefined;
}

function describeSdk(resource: ServiceResource, sdk: string): ResourceDescription | undefined {
  if (!sdkAction.test(resource.action)) return;
  return {
    ...resource,
    name: resourceName(resource),
    sdk,
    patterns: sdkPatterns,
    required: [],
    parameters: undefined,
    kinds: {},
    prefix: undefined,
  };
}

function describeOptimized(resource: ServiceResource): ResourceDescription | undefined {
  const integration = findOptimized(resource.service, resource.action);
  if (integration === undefined) return;
  const { optional, ...others } = integration;
  const parameters = optional === undefined ? undefined : [...others.required, ...optional];
  return { ...resource, name: resourceName(resource), sdk: undefined, ...others, parameters };
}

/** What is wrong with names of parameters, in the words of AWS; a definition may be told so when it is created. */
export function nameProblems(
  { required, parameters }: Pick<ResourceDescription, 'required' | 'parameters'>,
  names: readonly string[],
): readonly string[] {
  const missing = required.filter((name) => !names.includes(name));
  const unknown = parameters === undefined ? [] : names.filter((name) => !parameters.includes(name));
  return [
    ...missing.map((name) => `The field '${name}' is required but was missing`),
    ...unknown.map((name) => `The field '${name}' is not supported by Step Functions`),
  ];
}

const isList = (value: unknown): boolean => Array.isArray(value);

const fits: Readonly<Record<ParameterKind, (value: JsonObject[string]) => boolean>> = {
  any: () => true,
  string: (value) => typeof value === 'string',
  object: (value) => isObject(value),
  list: isList,
  lists: (value) => isObject(value) && Object.values(value).every(isList),
};

/**
 * Why parameters cannot be used, as the cause of `States.Runtime`; `undefined` when they can. A task that they are
 * given to is never scheduled. `null` stands for a parameter that was left away, and is the service's to judge.
 */
export function unusable(description: ResourceDescription, parameters: JsonObject): string | undefined {
  const named = nameProblems(description, Object.keys(parameters));
  const misshapen = Object.entries(description.kinds)
    .filter(
      ([name, kind]) =>
        (parameters[name] ?? undefined) !== undefined && !fits[kind](parameters[name] ?? null),
    )
    .map(([name]) => `The value of the field '${name}' has an invalid format`);
  return unusableBecause(parameters, [...named, ...misshapen]);
}

export function unusableBecause(parameters: JsonObject, problems: readonly string[]): string | undefined {
  if (problems.length === 0) return;
  const list = problems.join(', ');
  return `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${list}]`;
}
