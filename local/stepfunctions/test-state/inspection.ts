import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { StateType } from '../history/events.ts';

/** What a state has told of its data on the way, by the names of `inspectionData`. */
export class Inspection {
  readonly #told = new Map<string, Json>();

  tell(name: string, value: Json): void {
    this.#told.set(name, value);
  }

  number(name: string): number | undefined {
    const value = this.#told.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  /** As the service shows it for a state of this type: data as JSON text. */
  data(type: StateType, input: Json): JsonObject {
    const shown = this.#shown(type).filter((name) => this.#told.has(name));
    const texts = shown.map((name) => [name, JSON.stringify(this.#told.get(name))]);
    const numbers = limits.flatMap((name) => present(name, this.number(name)));
    const details = errorDetails.flatMap((name) => present(name, this.number(name)));
    return {
      input: JSON.stringify(input),
      ...Object.fromEntries(texts),
      ...Object.fromEntries(numbers),
      ...(details.length === 0 ? {} : { errorDetails: Object.fromEntries(details) }),
    };
  }

  /** A fixed result stands for itself: nothing of what would have led to one is shown. */
  #shown(type: StateType): readonly string[] {
    if (type === 'Pass' && this.#told.has('result')) return ['result', ...outputs];
    return [...shownOf[type], 'variables'];
  }
}

const inputs = ['afterInputPath', 'afterParameters'];
const outputs = ['afterResultSelector', 'afterResultPath'];

const shownOf: Readonly<Record<StateType, readonly string[]>> = {
  Task: [...inputs, 'afterArguments', 'result', ...outputs],
  Pass: [...inputs, ...outputs],
  Map: [
    'afterInputPath',
    'afterItemsPath',
    'afterItemsPointer',
    'afterItemSelector',
    'afterItemBatcher',
    ...outputs,
  ],
  Parallel: outputs,
  Choice: ['afterInputPath'],
  Wait: ['afterInputPath'],
  Succeed: ['afterInputPath'],
  Fail: ['afterInputPath'],
};

const limits = ['maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage'];
const errorDetails = ['catchIndex', 'retryIndex', 'retryBackoffIntervalSeconds'];

const present = (name: string, value: number | undefined): [string, number][] =>
  value === undefined ? [] : [[name, value]];
