import { tooLarge } from '../data-flow/limits.ts';
import { states } from '../errors/names.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { MapRunRow } from '../journal/map-runs.ts';
import { type ChildResult, resultTexts } from './child-result.ts';

/** Children whose results are read without letting others go first. */
const resultsPerTurn = 200;

/** Reads children that have begun, in their order and at most so many, from that number on. */
export type ReadResults = (run: MapRunRow, from: number, limit: number) => readonly ChildResult[];

/** Every child that has begun, in order. */
export async function* allResults(run: MapRunRow, read: ReadResults): AsyncGenerator<ChildResult> {
  for (let from = 0; ; ) {
    const found = read(run, from, resultsPerTurn);
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < resultsPerTurn) return;
    from = last.index + 1;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** What the state is told of a map run whose results are its own: a list, as far as that is not too much. */
export async function resultList(run: MapRunRow, state: string, read: ReadResults): Promise<ThreadStimulus> {
  const texts: string[] = [];
  let length = 2;
  for await (const child of allResults(run, read)) {
    for (const text of resultTexts(child, run.plan.transformation)) {
      texts.push(text);
      length += text.length + 1;
      if (tooLarge(text) || length > mostLength) return tooMuch(state);
    }
  }
  const payload = `[${texts.join(',')}]`;
  return tooLarge(payload) ? tooMuch(state) : { kind: 'returned', payload };
}

/** UTF-16 units beyond which no text fits. */
const mostLength = 262_144 + 2;

function tooMuch(state: string): ThreadStimulus {
  const cause = `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return { kind: 'threw', error: states.dataLimitExceeded, cause };
}
