import type { Content } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import type { RunState } from '../../domain/state.ts';

/** Bytes that a state takes besides what it carries of others' data. */
const bare = 4_000;

/** Contents are shared by all states of a run: each is measured once. */
const known = new WeakMap<object, number>();

/** About how many bytes of memory a state holds: an estimate, for caches that must stay small. */
export function stateWeight({ input, end, open, signals }: RunState): number {
  let weight = bare + contentWeight(input);
  if (end?.status === 'succeeded') weight += contentWeight(end.output);
  for (const number in open) weight += 300 + contentWeight((open[number] as (typeof open)[string]).request);
  for (const signal of signals) weight += 100 + jsonWeight(signal.payload);
  return weight;
}

function contentWeight(content: Content): number {
  if (!('inline' in content)) return 100;
  const measured = known.get(content);
  if (measured !== undefined) return measured;
  const weight = jsonWeight(content.inline);
  known.set(content, weight);
  return weight;
}

function jsonWeight(value: Json): number {
  if (typeof value === 'string') return 16 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 16;
  for (const [key, member] of Object.entries(value)) weight += 8 + key.length + jsonWeight(member);
  return weight;
}
