import { TandemError } from '../errors/tandem-error.ts';
import type { RunEvent } from './events.ts';
import { limits } from './limits.ts';

/** Where an append goes. */
export interface AppendTarget {
  readonly tenant: string;
  readonly run: string;
  /** Sequence number of the last event before it. */
  readonly expected: number;
}

/**
 * The JSON text of each event of one append, as every log stores it. Throws `limit.exceeded` beyond what the narrowest
 * log takes (rule 18), and `internal` for events that don't continue this run: that would be a mistake of ours.
 */
export function appendTexts(target: AppendTarget, events: readonly RunEvent[]): readonly string[] {
  if (events.length > limits.appendEvents) throw exceeded('events', events.length, limits.appendEvents);
  assertContinues(target, events);
  const texts = events.map((event) => JSON.stringify(event));
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  // No character takes more than three bytes for each of its UTF-16 units: most appends need no counting.
  if (characters * 3 > limits.appendBytes) assertBytes(texts);
  return texts;
}

function assertBytes(texts: readonly string[]): void {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > limits.appendBytes) throw exceeded('bytes', bytes, limits.appendBytes);
}

function assertContinues({ tenant, run, expected }: AppendTarget, events: readonly RunEvent[]): void {
  const continues = events.every(
    (event, index) => event.tenant === tenant && event.run === run && event.seq === expected + 1 + index,
  );
  if (events.length > 0 && continues) return;
  throw new TandemError('internal', {
    message: `The events do not continue ${run} after event ${expected}.`,
    details: { run, expected },
  });
}

function exceeded(unit: 'events' | 'bytes', actual: number, limit: number): TandemError {
  return new TandemError('limit.exceeded', {
    message: `One append may hold ${limit} ${unit}; this one has ${actual}.`,
    details: { limit, actual, unit },
  });
}
