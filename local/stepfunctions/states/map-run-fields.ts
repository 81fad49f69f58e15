import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import type { Fields } from '../definition/fields.ts';
import { readItemBatcher } from '../definition/item-batcher.ts';
import { readItemReader } from '../definition/item-reader.ts';
import type { Nested } from '../definition/machine.ts';
import { readItems } from '../definition/map-items.ts';
import { readMapNumber } from '../definition/map-numbers.ts';
import { readResultWriter } from '../definition/result-writer.ts';
import { readTolerance } from '../definition/tolerance.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { ItemSource, MapRunOrder } from '../map-runs/order.ts';

export type GivenItems = Extract<ItemSource, { kind: 'list' }>;

/** The fields of a distributed Map state that say what its map run is to do. */
export interface MapRunFields {
  readonly label: string | undefined;
  /** What is evaluated before the state has started. Throws `StateFailure`. */
  begin(visit: Visit, input: Json): Begun;
  /** Throws `StateFailure`. */
  order(visit: Visit, input: Json, begun: Begun): MapRunOrder;
}

export interface Begun {
  /** The items that the state is given; `undefined` where they are to be read. */
  readonly items: GivenItems | undefined;
  readonly maxConcurrency: number;
}

export function readMapRunFields(fields: Fields, nested: (fields: Fields) => Nested): MapRunFields {
  const label = readLabel(fields);
  const given = readItems(fields);
  const select = fields.evaluated('ItemSelector') ?? fields.evaluated('Parameters');
  const concurrency = readMapNumber(fields, 'MaxConcurrency', 'integer');
  const tolerance = readTolerance(fields);
  const reader = readItemReader(fields);
  const batcher = readItemBatcher(fields);
  const writer = readResultWriter(fields);
  const processor = fields.object(fields.has('Iterator') ? 'Iterator' : 'ItemProcessor');
  const express = readExpress(processor);
  const { startAt } = nested(processor);
  return {
    label,
    begin(visit, input) {
      const items = reader === undefined ? listed(given(visit, input)) : undefined;
      const maxConcurrency = concurrency(visit, input) ?? 0;
      if (maxConcurrency < 0) throw runtimeFailure('MaxConcurrency cannot be negative.');
      visit.probe?.('maxConcurrency', maxConcurrency);
      return { items, maxConcurrency };
    },
    order(visit, input, { items, maxConcurrency }) {
      const { count, percentage } = tolerance(visit, input);
      const source = items ?? reader?.(visit, input);
      if (source === undefined) throw new Error('A map run needs items.');
      return {
        source,
        batching: batcher?.(visit, input),
        limits: {
          maxConcurrency,
          toleratedFailureCount: count,
          toleratedFailurePercentage: percentage,
        },
        plan: { startAt, express, ...writer(visit, input) },
        select: (item, settled) =>
          select === undefined ? item.value : select(visit.withSettled(settled).withItem(item), { input }),
      };
    },
  };
}

/** An object stands for its values. */
function listed(found: Json): GivenItems {
  if (!isObject(found)) return { kind: 'list', items: found as readonly Json[], keys: undefined };
  return { kind: 'list', items: Object.values(found), keys: Object.keys(found) };
}

function readExpress(processor: Fields): boolean {
  const config = processor.json('ProcessorConfig') as JsonObject;
  const type = config['ExecutionType'];
  if (type !== 'STANDARD' && type !== 'EXPRESS') {
    processor.complain('Value must be one of [STANDARD, EXPRESS]', 'ProcessorConfig/ExecutionType');
  }
  return type === 'EXPRESS';
}

/** Characters that no name in an ARN may have. */
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

function readLabel(fields: Fields): string | undefined {
  const label = fields.text('Label');
  if (label === undefined) return undefined;
  if (label.length === 0 || label.length > 40 || forbidden.test(label))
    fields.complain(`Invalid Label: '${label}'`, 'Label', 'INVALID_LABEL_NAME');
  return label;
}
