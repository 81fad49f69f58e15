import type { MockedAnswerText } from './schema.ts';

interface Range {
  readonly from: number;
  readonly to: number;
  readonly answer: MockedAnswerText;
}

/** The answers of one mocked response by the number of the invocation, from 0. */
export class Invocations {
  readonly #ranges: readonly Range[];

  /** Throws an `Error` whose message says which number is wrong: they begin with 0 and leave nothing out. */
  constructor(responses: Readonly<Record<string, MockedAnswerText>>) {
    const ranges = Object.entries(responses).map(([numbers, answer]) => ({ ...rangeOf(numbers), answer }));
    this.#ranges = ranges.sort((one, other) => one.from - other.from);
    let next = 0;
    for (const { from, to } of this.#ranges) {
      if (from > next) throw new Error(`invocation ${next} is missing`);
      if (from < next) throw new Error(`invocation ${from} is given twice`);
      if (to < from) throw new Error(`the range ${from}-${to} runs backwards`);
      next = to + 1;
    }
    if (next === 0) throw new Error('invocation 0 is missing');
  }

  /** How many there are. */
  get count(): number {
    return (this.#ranges.at(-1)?.to ?? -1) + 1;
  }

  at(invocation: number): MockedAnswerText | undefined {
    return this.#ranges.find(({ from, to }) => from <= invocation && invocation <= to)?.answer;
  }
}

function rangeOf(numbers: string): { readonly from: number; readonly to: number } {
  const [from = 0, to = from] = numbers.split('-').map(Number);
  return { from, to };
}
