import type { Json } from '../../../shared/domain/json.ts';
import { type Flow, readFlow } from '../data-flow/flow.ts';
import { type Next, readNext } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import type { Nested } from '../definition/machine.ts';
import { states } from '../errors/names.ts';
import { Recovery } from '../errors/recovery.ts';
import type { StateFailure } from '../errors/state-failure.ts';
import type { Position } from '../executions/position.ts';
import type { Visit } from '../executions/visit.ts';
import { type Abandoned, type Joined, leave, type Outcome, type State } from './state.ts';

/** Runs its branches side by side on the same input; its result is the list of what they put out. */
export function compileParallel(name: string, fields: Fields, nested: (fields: Fields) => Nested): State {
  return new ParallelState(name, fields, nested);
}

class ParallelState implements State {
  readonly type = 'Parallel';
  readonly name: string;
  readonly targets: readonly string[];
  readonly #next: Next;
  readonly #flow: Flow;
  readonly #branches: readonly Nested[];
  readonly #recovery: Recovery;

  constructor(name: string, fields: Fields, nested: (fields: Fields) => Nested) {
    this.name = name;
    this.#next = readNext(fields);
    this.#flow = readFlow(fields, { arguments: true, selector: true, resultPath: true });
    fields.require('Branches');
    const branches = fields.objects('Branches');
    if (fields.has('Branches') && branches.length === 0) fields.complain('Value cannot be empty', 'Branches');
    this.#branches = branches.map(nested);
    this.#recovery = new Recovery(fields);
    this.targets = [...(this.#next === undefined ? [] : [this.#next]), ...this.#recovery.targets];
  }

  enter(visit: Visit): Outcome {
    const input = visit.limited(this.#flow.prepare(visit));
    const last = visit.note(['ParallelStateStarted']);
    return {
      kind: 'suspend',
      position: { kind: 'parallel', ...visit.stay(), results: this.#branches.map(() => undefined) },
      branches: this.#branches.map(({ startAt }, index) => ({ index, startAt, input, last })),
    };
  }

  /** After the pause before a retry. */
  resume(visit: Visit): Outcome {
    return this.enter(visit);
  }

  join(visit: Visit, position: Position, { index, last, output }: Joined): Outcome {
    if (position.kind !== 'parallel') throw new Error('A branch has ended that nobody waits for.');
    visit.thread.last = last;
    const results = position.results.with(index, output);
    if (results.includes(undefined)) return { kind: 'suspend', position: { ...position, results } };
    return this.settle(
      visit,
      results.map((data) => data?.value ?? null),
    );
  }

  settle(visit: Visit, result: Json): Outcome {
    visit.noteAside(['ParallelStateSucceeded']);
    return leave(visit, this.#next, this.#flow.finish(visit, result));
  }

  abandon(visit: Visit, _: Position, { last, type, failure, abortOthers }: Abandoned): Outcome {
    visit.thread.last = last;
    if (type === 'Task') visit.noteAside(['StateAborted', type]);
    abortOthers();
    visit.branchFailed = true;
    throw failure;
  }

  /** A mistake in the state's own fields ends the execution without a word of the state. */
  recover(visit: Visit, failure: StateFailure): Outcome | undefined {
    const silent = failure.error === states.runtime && !visit.branchFailed;
    return this.#recovery.recover(visit, failure, () => silent || visit.note(['ParallelStateFailed']));
  }
}
