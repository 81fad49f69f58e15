import type { Ending } from '../executions/execution.ts';
import type { ChildInput, InputBlock, MapRunJournal, MapRunLimits, MapRunRow } from '../journal/map-runs.ts';

/** Children of a map run without a limit of its own that run side by side, and those that may at most. */
const usualConcurrency = 1_000;
const mostConcurrency = 10_000;

/** Children that are started without letting others go first. */
const startsPerTurn = 100;

export interface NewChild extends ChildInput {
  readonly index: number;
}

/** Starts and stops the children of a map run. */
export interface Children {
  start(run: MapRunRow, child: NewChild): void;
  stop(run: MapRunRow): void;
}

/** How the children of a map run have ended as a whole. */
export type ChildrenEnd = 'ended' | 'exceeded' | 'aborted';

/** A running map run: keeps as many children running as are allowed, until all have ended or too many have failed. */
export class MapRun {
  row: MapRunRow;
  readonly #journal: MapRunJournal;
  readonly #children: Children;
  /** Children that had begun when it was found in the journal. */
  readonly #begun = new Set<number>();
  #running = 0;
  #next = 0;
  #failedItems = 0;
  #block: InputBlock | undefined;
  #over: Exclude<ChildrenEnd, 'ended'> | undefined;
  #turn: NodeJS.Immediate | undefined;
  #finish: ((end: ChildrenEnd) => void) | undefined;

  constructor(row: MapRunRow, { journal, children }: { journal: MapRunJournal; children: Children }) {
    this.row = row;
    this.#journal = journal;
    this.#children = children;
  }

  /** Takes up the children that had begun before the process ended. */
  recover(): void {
    const page = 1_000;
    for (let from = 0; ; ) {
      const found = this.#journal.children(this.row.id, from, page);
      for (const { index, status, items } of found) {
        this.#begun.add(index);
        if (status === 'RUNNING') this.#running += 1;
        else if (status !== 'SUCCEEDED') this.#failedItems += items;
      }
      const last = found.at(-1);
      if (last === undefined || found.length < page) return;
      from = last.index + 1;
    }
  }

  /** Lets the children run; resolves when none does any more. */
  run(): Promise<ChildrenEnd> {
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#judge();
      this.#fill();
    });
  }

  /** A child has ended. */
  ended(ending: Ending, items: number): void {
    this.#running -= 1;
    if (ending !== 'SUCCEEDED') this.#failedItems += items;
    this.#judge();
    this.#fill();
  }

  /** Ends what runs, and starts nothing more. */
  abort(): void {
    this.#stop('aborted');
    this.#fill();
  }

  /** Other limits from now on. */
  limit(limits: MapRunLimits): void {
    this.row = { ...this.row, limits };
    this.#judge();
    this.#fill();
  }

  /** Starts nothing more: the process ends. */
  close(): void {
    clearImmediate(this.#turn);
    this.#finish = undefined;
  }

  /** Whether too many items have failed. Where nothing is said of it, none may. */
  #judge(): void {
    const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = this.row.limits;
    const items = this.row.items ?? 0;
    const tooMany = this.#failedItems > (count ?? (percentage === undefined ? 0 : Number.POSITIVE_INFINITY));
    const tooGreat = percentage !== undefined && (this.#failedItems / items) * 100 > percentage;
    if (tooMany || tooGreat) this.#stop('exceeded');
  }

  #stop(why: Exclude<ChildrenEnd, 'ended'>): void {
    if (this.#over !== undefined) return;
    this.#over = why;
    this.#children.stop(this.row);
  }

  #fill(): void {
    if (this.#finish === undefined || this.#turn !== undefined) return;
    for (let starts = 0; this.#hasRoom(); starts += 1) {
      if (starts === startsPerTurn) {
        this.#turn = setImmediate(() => {
          this.#turn = undefined;
          this.#fill();
        });
        return;
      }
      this.#startNext();
    }
    const isWhole = this.#over !== undefined || this.#next >= (this.row.children ?? 0);
    if (this.#running > 0 || !isWhole) return;
    this.#finish(this.#over ?? 'ended');
    this.#finish = undefined;
  }

  #hasRoom(): boolean {
    const { maxConcurrency } = this.row.limits;
    const most = Math.min(maxConcurrency || usualConcurrency, mostConcurrency);
    while (this.#begun.delete(this.#next)) this.#next += 1;
    return this.#over === undefined && this.#running < most && this.#next < (this.row.children ?? 0);
  }

  #startNext(): void {
    const index = this.#next;
    this.#next += 1;
    this.#running += 1;
    this.#children.start(this.row, { index, ...this.#input(index) });
  }

  #input(index: number): ChildInput {
    const known = this.#block?.inputs[index - this.#block.first];
    if (known !== undefined) return known;
    this.#block = this.#journal.inputs(this.row.id, index);
    const found = this.#block?.inputs[index - this.#block.first];
    if (found === undefined) throw new Error(`The journal lacks the input of child ${index}.`);
    return found;
  }
}
