import type { NormalizedSchema } from '@smithy/core/schema';
import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { capitalised, memberName, type Style } from './names.ts';

/** Parameters as a client takes them, and what is wrong with them in the words of AWS. */
export interface SdkInput {
  readonly value: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

/**
 * Turns parameters into what a client takes, by the schema of its operation: members get the client's spelling, texts
 * become blobs and times, objects become JSON text where a text is wanted, and what is `null` was never given.
 */
export function toInput(schema: NormalizedSchema, parameters: JsonObject, style: Style): SdkInput {
  const problems: string[] = [];
  const value = members(schema, parameters, { style, problems }) as Readonly<Record<string, unknown>>;
  return { value, problems };
}

interface Work {
  readonly style: Style;
  readonly problems: string[];
}

function members(schema: NormalizedSchema, given: JsonObject, work: Work): unknown {
  const known = new Map<string, readonly [string, NormalizedSchema]>();
  for (const [name, member] of schema.structIterator()) {
    known.set(capitalised(name), [name, member]);
    known.set(memberName(name, work.style), [name, member]);
  }
  const entries = Object.entries(given).map(([key, value]) => {
    const [name, member] = known.get(key) ?? [];
    if (name === undefined || member === undefined) {
      work.problems.push(`The field '${key}' is not supported by Step Functions`);
      return [key, undefined];
    }
    return [name, value === null ? undefined : convert(member, value, { work, key })];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

interface Place {
  readonly work: Work;
  /** The nearest member, which a problem is told of. */
  readonly key: string;
}

function convert(schema: NormalizedSchema, value: Json, place: Place): unknown {
  if (schema.isStructSchema() || schema.isUnionSchema()) {
    return isObject(value) ? members(schema, value, place.work) : misshapen(place);
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return misshapen(place);
    return value.map((item: Json) => (item === null ? null : convert(schema.getValueSchema(), item, place)));
  }
  if (schema.isMapSchema()) {
    if (!isObject(value)) return misshapen(place);
    const entries = Object.entries(value).filter(([, one]) => one !== null);
    return Object.fromEntries(
      entries.map(([key, one]) => [key, convert(schema.getValueSchema(), one, place)]),
    );
  }
  return scalar(schema, value, place);
}

function scalar(schema: NormalizedSchema, value: Json, place: Place): unknown {
  if (schema.isBlobSchema()) return Buffer.from(textOf(value));
  if (schema.isTimestampSchema()) return time(value, place);
  if (schema.isDocumentSchema()) return value;
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : misshapen(place);
  if (schema.isNumericSchema()) return number(value, place);
  if (schema.isBigIntegerSchema()) return BigInt(Math.trunc(Number(value)));
  return textOf(value);
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function number(value: Json, place: Place): unknown {
  if (typeof value === 'number') return value;
  const isText = typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value));
  return isText ? Number(value) : misshapen(place);
}

function time(value: Json, place: Place): unknown {
  const date = new Date(typeof value === 'number' || typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? misshapen(place) : date;
}

function misshapen({ work, key }: Place): undefined {
  work.problems.push(`The value of the field '${key}' has an invalid format`);
  return;
}
