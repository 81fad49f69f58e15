import type { NormalizedSchema } from '@smithy/core/schema';
import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { memberName, type Style } from './names.ts';

/**
 * Turns what a client answers into a task's result: members as results spell them, in the order of the alphabet, without
 * those that are absent; blobs as text (UTF-8); times as ISO text, or for optimized integrations in milliseconds.
 * Streams have to be read before.
 */
export function fromOutput(schema: NormalizedSchema, value: object, style: Style): JsonObject {
  if (!schema.isStructSchema() && !schema.isUnionSchema()) return {};
  return struct(schema, value as Record<string, unknown>, style);
}

function struct(schema: NormalizedSchema, value: Record<string, unknown>, style: Style): JsonObject {
  const entries: [string, Json][] = [];
  for (const [name, member] of schema.structIterator()) {
    const one = Object.hasOwn(value, name) ? value[name] : undefined;
    if (one !== undefined && one !== null)
      entries.push([memberName(name, style), convert(member, one, style)]);
  }
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function convert(schema: NormalizedSchema, value: unknown, style: Style): Json {
  if (value === undefined || value === null) return null;
  if (schema.isStructSchema() || schema.isUnionSchema()) {
    return struct(schema, value as Record<string, unknown>, style);
  }
  if (schema.isListSchema()) {
    return (value as readonly unknown[]).map((item) => convert(schema.getValueSchema(), item, style));
  }
  if (schema.isMapSchema()) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    return Object.fromEntries(
      entries.map(([key, one]) => [key, convert(schema.getValueSchema(), one, style)]),
    );
  }
  return scalar(value, style);
}

function scalar(value: unknown, style: Style): Json {
  if (value instanceof Date) return style === 'optimized' ? value.getTime() : isoText(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Milliseconds only where there are some. */
export const isoText = (date: Date): string => date.toISOString().replace('.000Z', 'Z');
