import type { Json } from '../../../shared/domain/json.ts';
import { type Flow, readFlow } from '../data-flow/flow.ts';
import { isObject } from '../data-flow/is-object.ts';
import { JsonData } from '../data-flow/json-data.ts';
import { type Next, readNext } from '../definition/common-fields.ts';
import type { Evaluate, Fields } from '../definition/fields.ts';
import type { Nested } from '../definition/machine.ts';
import { type Items, readItems } from '../definition/map-items.ts';
import { readNumber, type Scalar } from '../definition/scalars.ts';
import { states } from '../errors/names.ts';
import { Recovery } from '../errors/recovery.ts';
import type { StateFailure } from '../errors/state-failure.ts';
import type { MapPosition, Position } from '../executions/position.ts';
import type { Branch } from '../executions/thread.ts';
import type { Visit } from '../executions/visit.ts';
import { type Abandoned, type Joined, leave, type Outcome, type State } from './state.ts';

/** Iterations of an inline Map state that the service runs side by side at most. */
const maxInlineConcurrency = 40;

/** Runs its item processor for every item; its result is the list of what the iterations put out. */
export function compileInlineMap(name: string, fields: Fields, nested: (fields: Fields) => Nested): State {
  return new InlineMapState(name, fields, nested);
}

class InlineMapState implements State {
  readonly type = 'Map';
  readonly name: string;
  readonly targets: readonly string[];
  readonly #next: Next;
  readonly #flow: Flow;
  readonly #items: Items;
  readonly #selector: Evaluate | undefined;
  readonly #concurrency: Scalar<number>;
  readonly #processor: Nested;
  readonly #recovery: Recovery;

  constructor(name: string, fields: Fields, nested: (fields: Fields) => Nested) {
    this.name = name;
    this.#next = readNext(fields);
    this.#flow = readFlow(fields, { selector: true, resultPath: true });
    this.#items = readItems(fields);
    this.#selector = fields.evaluated('ItemSelector') ?? fields.evaluated('Parameters');
    this.#concurrency = readNumber(fields, 'MaxConcurrency', { min: 0, max: Number.MAX_SAFE_INTEGER });
    this.#processor = nested(fields.object(fields.has('Iterator') ? 'Iterator' : 'ItemProcessor'));
    // Of a distributed Map; the service takes them here as well, and does nothing with them.
    for (const name of ['ToleratedFailureCount', 'ToleratedFailurePercentage', 'Label']) fields.json(name);
    this.#recovery = new Recovery(fields);
    this.targets = [...(this.#next === undefined ? [] : [this.#next]), ...this.#recovery.targets];
  }

  enter(visit: Visit): Outcome {
    const input = this.#flow.effective(visit);
    const found = this.#items(visit, input);
    const items = isObject(found) ? Object.values(found) : (found as readonly Json[]);
    const asked = this.#concurrency(visit, input) ?? 0;
    visit.probe?.('maxConcurrency', asked);
    const concurrency = asked || maxInlineConcurrency;
    visit.note(['MapStateStarted', items.length]);
    const position: MapPosition = {
      kind: 'map',
      ...visit.stay(),
      items: visit.data(items as Json, undefined),
      keys: isObject(found) ? Object.keys(found) : undefined,
      concurrency: Math.min(concurrency, maxInlineConcurrency),
      results: [],
    };
    if (visit.probe !== undefined) this.#tellSelected(visit, position);
    return items.length === 0 ? this.settle(visit, []) : this.#start(visit, position, items.length);
  }

  /** After the pause before a retry. */
  resume(visit: Visit): Outcome {
    return this.enter(visit);
  }

  join(visit: Visit, position: Position, { index, last, output }: Joined): Outcome {
    const map = asMap(position);
    visit.thread.last = last;
    const succeeded = visit.noteAside(['MapIterationSucceeded', this.name, index]);
    const results = [...map.results];
    results[index] = output;
    const count = (map.items.value as readonly Json[]).length;
    const moved = { ...map, results };
    if (results.length < count) return this.#start(visit, moved, 1);
    if (results.includes(undefined)) return { kind: 'suspend', position: moved };
    visit.thread.last = succeeded;
    return this.settle(
      visit,
      results.map((data) => data?.value ?? null),
    );
  }

  settle(visit: Visit, result: Json): Outcome {
    visit.noteAside(['MapStateSucceeded']);
    return leave(visit, this.#next, this.#flow.finish(visit, result));
  }

  abandon(visit: Visit, position: Position, { index, last, failure, abortOthers }: Abandoned): Outcome {
    asMap(position);
    visit.thread.last = last;
    visit.noteAside(['MapIterationFailed', this.name, index]);
    for (const other of abortOthers()) {
      visit.history.record(['MapIterationAborted', this.name, other.index], other.last);
    }
    visit.branchFailed = true;
    throw failure;
  }

  /** A mistake in the state's own fields ends the execution without a word of the state. */
  recover(visit: Visit, failure: StateFailure): Outcome | undefined {
    const silent = failure.error === states.runtime && !visit.branchFailed;
    return this.#recovery.recover(visit, failure, () => silent || visit.note(['MapStateFailed']));
  }

  /** Begins as many iterations more as there is room for; `results` has a place for each that has begun. */
  #start(visit: Visit, position: MapPosition, room: number): Outcome {
    const items = position.items.value as readonly Json[];
    const begun = position.results.length;
    const end = Math.min(items.length, begun + Math.min(room, position.concurrency));
    const results = [...position.results];
    const branches: Branch[] = [];
    for (let index = begun; index < end; index += 1) {
      results.push(undefined);
      branches.push(this.#iteration(visit, position, index));
    }
    return { kind: 'suspend', position: { ...position, results }, branches };
  }

  #iteration(visit: Visit, { items, keys }: MapPosition, index: number): Branch {
    const value = (items.value as readonly Json[])[index] as Json;
    const selected = this.#select(visit, { index, value, key: keys?.[index] });
    const last = visit.noteAside(['MapIterationStarted', this.name, index]);
    return { index, startAt: this.#processor.startAt, input: JsonData.of(selected), last };
  }

  #tellSelected(visit: Visit, { items, keys }: MapPosition): void {
    if (this.#selector === undefined) return;
    const selected = (items.value as readonly Json[]).map((value, index) =>
      this.#select(visit, { index, value, key: keys?.[index] }),
    );
    visit.probe?.('afterItemSelector', selected);
  }

  #select(visit: Visit, item: NonNullable<ReturnType<Visit['item']>>): Json {
    if (this.#selector === undefined) return item.value;
    const input = this.#flow.effective(visit);
    return this.#selector(visit.withItem(item), { input });
  }
}

function asMap(position: Position): MapPosition {
  if (position.kind === 'map') return position;
  throw new Error('An iteration has ended that nobody waits for.');
}
