import type { Json } from '../../../shared/domain/json.ts';
import type { MapItem } from '../executions/context-object.ts';
import type { ChildInput, InputBlock } from '../journal/map-runs.ts';
import { Deferred } from '../jsonata/deferred.ts';
import { Batches } from './batches.ts';
import type { Objects } from './objects.ts';
import type { ItemSource, MapRunOrder } from './order.ts';
import { readItems } from './read-items.ts';

/** Characters that a block of inputs has, more or less. */
const blockLength = 65_536;

/**
 * What the children of a map run are given, in blocks and in order. So the items are read once, whatever becomes of
 * where they came from. Throws `StateFailure`.
 */
export async function* prepareInputs(order: MapRunOrder, objects: Objects): AsyncGenerator<InputBlock> {
  let [first, length] = [0, 0];
  let inputs: ChildInput[] = [];
  for await (const input of childInputs(order, objects)) {
    inputs.push(input);
    length += input.text.length;
    if (length < blockLength) continue;
    yield { first, inputs };
    first += inputs.length;
    [inputs, length] = [[], 0];
  }
  if (inputs.length > 0) yield { first, inputs };
}

async function* childInputs(order: MapRunOrder, objects: Objects): AsyncGenerator<ChildInput> {
  const batches = new Batches(order.batching);
  for await (const item of items(order.source, objects)) {
    const full = batches.add(await select(order, item));
    if (full !== undefined) yield full;
  }
  const rest = batches.flush();
  if (rest !== undefined) yield rest;
}

async function* items(source: ItemSource, objects: Objects): AsyncGenerator<MapItem> {
  if (source.kind === 'list') {
    const { keys } = source;
    yield* source.items.map((value, index) => ({ index, value, key: keys?.[index] }));
    return;
  }
  let index = 0;
  for await (const value of readItems(source, objects)) {
    yield { index, value, key: undefined };
    index += 1;
  }
}

/** What has to be evaluated elsewhere is waited for. */
async function select({ select: make }: MapRunOrder, item: MapItem): Promise<Json> {
  return settling((settled) => make(item, settled));
}

/** Evaluates, as often as something has to be evaluated elsewhere first. */
export async function settling<T>(evaluate: (settled: ReadonlyMap<string, unknown>) => T): Promise<T> {
  const settled = new Map<string, unknown>();
  for (;;) {
    try {
      return evaluate(settled);
    } catch (error) {
      if (!(error instanceof Deferred)) throw error;
      settled.set(error.key, await error.run());
    }
  }
}
