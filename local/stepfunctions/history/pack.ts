import { JsonData } from '../data-flow/json-data.ts';
import { codeOfKind, codeOfState, kindOfCode, stateOfCode } from './codes.ts';
import type { EventKind, HistoryEvent, StateType } from './events.ts';
import type { NotedEvent } from './recorder.ts';

/** Parts the packed events and the texts they refer to: no JSON text holds it unescaped. */
const separator = '\x1e';

/** Stands for the execution's own input, which is kept with the execution. */
export const executionInput = -1;

/**
 * The JSON texts of one transition, each kept once: what a state puts out, the next one takes in. Texts are told by
 * identity, which the interpreter preserves.
 */
export class Texts {
  readonly #texts: JsonData[] = [];
  readonly #input: JsonData;

  constructor(input: JsonData) {
    this.#input = input;
  }

  /** The number under which a text is kept; keeps it if it is new. */
  keep(data: JsonData): number {
    const known = this.find(data);
    return known ?? this.#texts.push(data) - 1;
  }

  find(data: JsonData): number | undefined {
    if (data === this.#input) return executionInput;
    const index = this.#texts.indexOf(data);
    return index < 0 ? undefined : index;
  }

  /** Follows the packed events in the journal. */
  joined(): string {
    let joined = '';
    for (const data of this.#texts) joined += separator + data.text;
    return joined;
  }
}

/**
 * Events as a JSON list of tuples; a text in them becomes the one-element list of its number. An event that does not
 * follow the one before it says so: its predecessor's id comes first.
 */
export function packEvents(noted: readonly NotedEvent[], first: number, texts: Texts): string {
  return JSON.stringify(
    noted.map(({ event, previous }, index) => {
      const packed = packEvent(event, texts);
      if (previous !== usualPrevious(first + index)) packed.unshift(previous);
      return packed;
    }),
  );
}

/** The predecessor on a single line of events; the first state counts as a beginning of its own. */
export function usualPrevious(id: number): number {
  return id <= 2 ? 0 : id - 1;
}

function packEvent(event: HistoryEvent, texts: Texts): unknown[] {
  const packed: unknown[] = [codeOfKind(event[0])];
  for (let index = 1; index < event.length; index += 1) {
    const part = event[index];
    packed.push(part instanceof JsonData ? [texts.keep(part)] : part);
  }
  if (isState(event)) packed[1] = codeOfState(event[1]);
  return packed;
}

function isState(event: HistoryEvent): event is HistoryEvent & readonly [string, StateType, ...unknown[]] {
  return isStateKind(event[0]);
}

/** The text under a number in what `packEvents` and `Texts.joined` have written. */
export function unpackText(packed: string, index: number): string {
  const text = packed.split(separator)[index + 1];
  if (text === undefined) throw new Error(`The journal lacks text ${index} of a transition.`);
  return text;
}

/** The events of one transition again, the first of which has the id `first`. `input`: of the execution. */
export function unpackEvents(packed: string, first: number, input: JsonData): readonly NotedEvent[] {
  const [events = '[]', ...texts] = packed.split(separator);
  const data = texts.map((text) => JsonData.lazy(() => text));
  const text = (index: number): JsonData => (index === executionInput ? input : (data[index] as JsonData));
  return (JSON.parse(events) as unknown[][]).map((tuple, index) => {
    const branched = typeof tuple[0] === 'number';
    const previous = branched ? (tuple[0] as number) : usualPrevious(first + index);
    return { event: unpackEvent(branched ? tuple.slice(1) : tuple, text), previous };
  });
}

function unpackEvent([code, ...parts]: readonly unknown[], text: (index: number) => JsonData): HistoryEvent {
  const kind = kindOfCode(code as string);
  const unpacked = parts.map((part) => {
    if (Array.isArray(part)) return text(part[0] as number);
    return part === null ? undefined : part;
  });
  if (isStateKind(kind)) unpacked[0] = stateOfCode(unpacked[0] as string);
  return [kind, ...unpacked] as unknown as HistoryEvent;
}

function isStateKind(kind: EventKind): boolean {
  return kind === 'StateEntered' || kind === 'StateExited' || kind === 'StateAborted';
}
