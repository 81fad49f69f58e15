import type { JsonData } from '../data-flow/json-data.ts';
import type { Position, TaskPosition } from './position.ts';

/** Where a JSON text lies in an execution's journal: transition and number in it (`history/pack.ts`). */
export type TextPlace = readonly [transition: number, text: number];

/** A position as it is written: its input by place. */
export function recordPosition(position: Position, input: TextPlace): string {
  return JSON.stringify({ ...position, input });
}

export interface Recorded {
  readonly position: Position;
  readonly input: TextPlace;
}

/** A recorded position again. `load` fetches a text when it is first looked at. */
export function readPosition(recorded: string, load: (place: TextPlace) => JsonData): Recorded {
  const { input, ...position } = JSON.parse(recorded) as Position & { input: TextPlace };
  const read = { ...position, input: load(input) } as Position;
  return { position: read.kind === 'task' ? completed(read) : read, input };
}

/** JSON leaves out what is undefined; one shape for all keeps the hot path fast. */
function completed(position: TaskPosition): TaskPosition {
  const { token, deadline, heartbeat } = position;
  return { ...position, token, deadline, heartbeat };
}
