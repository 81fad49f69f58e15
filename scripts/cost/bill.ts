import type { Counts, FunctionCount } from './counts.ts';
import { billedMs, waitMs } from './function-time.ts';
import { type Item, prices } from './prices.ts';

/** One line of a bill. */
export interface Line {
  readonly item: Item;
  readonly quantity: number;
  readonly usd: number;
}

/** Memory of a function in MiB, by its name. */
export type MemoryOf = (name: string) => number;

/** Bytes that are logged for each invocation of a function, and for each state that an execution enters. */
const logBytes = { invocation: 450, transition: 1_200 };

/** Of a hundred executions and requests, how many X-Ray records. */
const tracedPercent = 5;

/** What so many runs cost, each of them as counted; without free tiers, storage, and what the stack costs at rest. */
export function billOf(counts: Counts, { runs, memoryOf }: { runs: number; memoryOf: MemoryOf }): Line[] {
  const functions = [...counts.functions];
  const invocations = sum(functions.map(([, { invocations }]) => invocations));
  const gbSeconds = sum(
    functions.map(([name, count]) => gbSecondsOf(withCallees(counts, name, count), memoryOf(name))),
  );
  const logged = invocations * logBytes.invocation + counts.transitions * logBytes.transition;
  const quantities: Partial<Record<Item, number>> = {
    stateTransition: counts.transitions,
    functionRequest: invocations,
    functionGbSecond: gbSeconds,
    writeUnit: counts.writeUnits,
    readUnit: counts.readUnits,
    apiRequest: counts.apiRequests,
    blobPut: counts.blobPuts,
    blobGet: counts.blobGets,
    queueRequest: counts.queueRequests,
    logGb: logged / 1e9,
    trace: ((1 + counts.apiRequests) * tracedPercent) / 100,
  };
  return lines(quantities, runs);
}

/** Quantities, so many times, with what they cost; nothing is left out but what is not used. */
export function lines(quantities: Partial<Record<Item, number>>, times = 1): Line[] {
  return (Object.entries(quantities) as [Item, number][])
    .filter(([, quantity]) => quantity > 0)
    .map(([item, quantity]) => ({
      item,
      quantity: quantity * times,
      usd: quantity * times * prices[item].usd,
    }));
}

export const total = (bill: readonly Line[]): number => sum(bill.map(({ usd }) => usd));

/** Whoever invokes the function of programs waits for as long as that computes. */
function withCallees(counts: Counts, name: string, count: FunctionCount): FunctionCount {
  const asked = count.waits.programs;
  const program = counts.functions.get('program');
  if (asked === 0 || !program || name === 'program') return count;
  const eachMs = program.computed / Math.max(1, program.invocations);
  return { ...count, waits: { ...count.waits, programs: asked * (1 + eachMs / waitMs.programs) } };
}

function gbSecondsOf(count: FunctionCount, memoryMb: number): number {
  return ((billedMs(count, memoryMb) / 1_000) * memoryMb) / 1_024;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
