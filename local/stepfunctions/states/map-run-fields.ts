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
  /** The items that the state is given; `undefined` where they are to be read. Throws `StateFailure`. */
  items(visit: Visit, input: Json): GivenItems | undefined;
  /** Throws `StateFailure`. */
  order(visit: Visit, input: Json, items: GivenItems | undefined): MapRunOrder;
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
    items(visit, input) {
      if (reader !== undefined) return undefined;
      const found = given(visit, input);
      const isNamed = isObject(found);
      const items = isNamed ? Object.values(found) : (found as readonly Json[]);
      return { kind: 'list', items, keys: isNamed ? Object.keys(found) : undefined };
    },
    order(visit, input, items) {
      const maxConcurrency = concurrency(visit, input) ?? 0;
      if (maxConcurrency < 0) throw runtimeFailure('MaxConcurrency cannot be negative.');
      visit.probe?.('maxConcurrency', maxConcurrency);
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
