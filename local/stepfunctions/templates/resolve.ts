import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { Place } from '../arns.ts';
import { isObject } from '../data-flow/is-object.ts';
import { attributeOf, type Resource, refOf } from './names.ts';

/** What the values of a template refer to. */
export interface Template {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly parameters: Readonly<Record<string, { readonly Default?: Json }>>;
  readonly place: Place;
}

/** A value that only a deployment knows, or that nothing stands for. */
export class Unresolvable extends Error {}

/** A value with its intrinsic functions (`Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::Sub`) carried out. Throws `Unresolvable`. */
export function resolve(value: Json, template: Template): Json {
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, template));
  if (!isObject(value)) return value;
  const [name = '', ...others] = Object.keys(value);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::')))
    return call(name, value[name] as Json, template);
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, resolve(inner, template)]));
}

function call(name: string, argument: Json, template: Template): Json {
  switch (name) {
    case 'Ref':
      return reference(String(argument), template);
    case 'Fn::GetAtt':
      return attribute(typeof argument === 'string' ? argument.split('.') : (argument as string[]), template);
    case 'Fn::Join': {
      const [delimiter, parts] = argument as [string, Json[]];
      return (resolve(parts, template) as Json[]).map(String).join(delimiter);
    }
    case 'Fn::Sub':
      return substitute(argument, template);
    default:
      throw new Unresolvable(`${name} is not known here`);
  }
}

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function reference(id: string, { resources, parameters, place }: Template): Json {
  const resource = own(resources, id);
  if (resource !== undefined) return refOf(id, resource, place);
  const known = own(pseudo(place), id) ?? own(parameters, id)?.Default;
  if (known === undefined) throw new Unresolvable(`nothing stands for ${id}`);
  return known;
}

const pseudo = ({ account, region }: Place): Readonly<Record<string, string>> => ({
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'stack',
});

function attribute([id = '', ...path]: readonly string[], { resources, place }: Template): Json {
  const resource = own(resources, id);
  const found = resource && attributeOf(id, resource, path.join('.'), place);
  if (found === undefined) throw new Unresolvable(`only a deployment knows ${[id, ...path].join('.')}`);
  return found;
}

/** `${Id}` and `${Id.Attribute}`; `${!x}` stays `${x}`. */
function substitute(argument: Json, template: Template): string {
  const [text, values] = Array.isArray(argument)
    ? (argument as [string, JsonObject])
    : [String(argument), {}];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const given = own(values, name);
    if (given !== undefined) return String(resolve(given, template));
    return String(name.includes('.') ? attribute(name.split('.'), template) : reference(name, template));
  });
}
