import type { Content } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import type { RunState } from '../../domain/state.ts';

/** Bytes that a state takes besides what it carries of others' data. */
const bare = 4_000;

/** What others said is shared by all states of a run: each is measured once. */
const known = new WeakMap<object, number>();

/** About how many bytes of memory a state holds: an estimate, for caches that must stay small. */
export function stateWeight({ input, end, open, approvals, signals }: RunState): number {
  let weight = bare + contentWeight(input);
  if (end?.status === 'succeeded') weight += contentWeight(end.output);
  for (const number in open) weight += 300 + contentWeight((open[number] as (typeof open)[string]).request);
  for (const number in approvals)
    weight += 300 + measured((approvals[number] as (typeof approvals)[string]).requested);
  for (const signal of signals) weight += 100 + measured(signal);
  return weight;
}

function contentWeight(content: Content): number {
  return 'inline' in content ? measured(content) : 100;
}

function measured(value: object): number {
  const weight = known.get(value) ?? jsonWeight(value as Json);
  known.set(value, weight);
  return weight;
}

function jsonWeight(value: Json): number {
  // Two bytes a character: text that is not Latin takes that much.
  if (typeof value === 'string') return 16 + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 16;
  for (const [key, member] of Object.entries(value)) weight += 8 + key.length + jsonWeight(member);
  return weight;
}
