import type { RunEvent } from '../../../shared/protocol/events.ts';

/** What is left of a value when every run, machine and moment has been taken out of it. */
export type Shape = string | readonly Shape[] | { readonly [member: string]: Shape };

/** An event as every runner must write it. */
export interface EventShape {
  readonly type: string;
  readonly by: string;
  readonly payload: Shape;
}

/** Members whose texts say what something is, and are the same everywhere. */
const said: ReadonlySet<string> = new Set(['agent', 'code', 'decision', 'kind', 'name', 'path', 'role']);

/** Members that say where something ran, as `local/DIVERGENCES.md` lists: a process, a function, a task. */
const ofThePlace: ReadonlySet<string> = new Set(['isolation', 'worker']);

/** A member that is there where a scheduler has chosen a place, as `local/DIVERGENCES.md` lists. */
const choice = 'placement';

/** Shapes of a whole log. */
export function shapesOf(log: readonly RunEvent[]): EventShape[] {
  return log.map(({ type, by, payload }) => ({
    type,
    // Who it was, without which one.
    by: by.split(':', 1)[0] ?? '',
    payload: shapeOf(payload),
  }));
}

function shapeOf(value: unknown, member = ''): Shape {
  if (ofThePlace.has(member)) return 'of the place';
  if (Array.isArray(value)) return value.map((item) => shapeOf(item));
  if (value === null) return 'null';
  if (typeof value !== 'object') return said.has(member) ? String(value) : typeof value;
  const members = Object.entries(value)
    .filter(([name]) => name !== choice)
    .map(([name, item]) => [name, shapeOf(item, name)] as const);
  return Object.fromEntries(members.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
