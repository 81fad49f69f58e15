import type { Json } from '../../../shared/domain/json.ts';
import { maxPayloadBytes } from '../data-flow/limits.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Batching } from '../map-runs/order.ts';
import type { Fields } from './fields.ts';
import { readMapNumber } from './map-numbers.ts';

/** How a distributed Map gives its items to child executions, or `undefined` for one by one. Throws `StateFailure`. */
export type ItemBatcher = (visit: Visit, input: Json) => Batching;

export function readItemBatcher(state: Fields): ItemBatcher | undefined {
  if (!state.has('ItemBatcher')) return undefined;
  const fields = state.object('ItemBatcher');
  const maxItems = readMapNumber(fields, 'MaxItemsPerBatch', 'integer');
  const maxBytes = readMapNumber(fields, 'MaxInputBytesPerBatch', 'integer');
  const given = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'].flatMap((name) => [name, `${name}Path`]);
  if (!given.some((name) => fields.has(name)))
    fields.complain('One of the fields [MaxItemsPerBatch, MaxInputBytesPerBatch] is required');
  const batchInput = fields.evaluated('BatchInput');
  fields.close();
  return (visit, input) => ({
    maxItems: positive('MaxItemsPerBatch', maxItems(visit, input)),
    maxBytes: Math.min(
      positive('MaxInputBytesPerBatch', maxBytes(visit, input)) ?? maxPayloadBytes,
      maxPayloadBytes,
    ),
    input: batchInput?.(visit, { input }),
  });
}

function positive(name: string, value: number | undefined): number | undefined {
  if (value === undefined || value > 0) return value;
  throw runtimeFailure(`field ${name} must be positive`);
}
