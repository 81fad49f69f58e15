import type { ExecutionRow } from './journal.ts';
import type {
  ChildCount,
  ChildRow,
  ExpressChildRow,
  InputBlock,
  MapRunChange,
  MapRunJournal,
  MapRunRow,
} from './map-runs.ts';

/** Map runs that live as long as the object. */
export class MemoryMapRuns implements MapRunJournal {
  readonly #runs = new Map<number, MapRunRow>();
  readonly #inputs = new Map<number, InputBlock[]>();
  readonly #express = new Map<number, Map<number, ExpressChildRow>>();
  readonly #started = new Map<number, number[]>();
  readonly #row: (execution: number) => ExecutionRow | undefined;

  /** `row`: of an execution as it stands. */
  constructor(row: (execution: number) => ExecutionRow | undefined) {
    this.#row = row;
  }

  /** Notes an execution that is a child. */
  noteStart({ id, mapRun }: Pick<ExecutionRow, 'id' | 'mapRun'>): void {
    if (mapRun != null) listIn(this.#started, mapRun).push(id);
  }

  /** Drops the map runs of an execution that is dropped. */
  dropOf(execution: number): void {
    for (const { id } of this.of(execution)) {
      this.#runs.delete(id);
      this.#inputs.delete(id);
      this.#express.delete(id);
      this.#started.delete(id);
    }
  }

  add(run: MapRunRow): void {
    this.#runs.set(run.id, run);
  }

  change(id: number, change: MapRunChange): void {
    const run = this.#runs.get(id);
    if (run !== undefined) this.#runs.set(id, { ...run, ...change });
  }

  addInputs(run: number, block: InputBlock): void {
    listIn(this.#inputs, run).push(block);
  }

  dropInputs(run: number): void {
    this.#inputs.delete(run);
  }

  addChild(child: ExpressChildRow): void {
    const children = this.#express.get(child.run) ?? new Map<number, ExpressChildRow>();
    this.#express.set(child.run, children.set(child.index, child));
  }

  last(): number {
    return Math.max(0, ...this.#runs.keys());
  }

  get(id: number): MapRunRow | undefined {
    return this.#runs.get(id);
  }

  find(uuid: string): MapRunRow | undefined {
    return this.#runs.values().find((run) => run.uuid === uuid);
  }

  running(): readonly MapRunRow[] {
    return [...this.#runs.values()].filter(({ endedAt }) => endedAt === null);
  }

  of(execution: number): readonly MapRunRow[] {
    return [...this.#runs.values()].filter((run) => run.execution === execution);
  }

  inputs(run: number, index: number): InputBlock | undefined {
    return this.#inputs.get(run)?.findLast(({ first }) => first <= index);
  }

  children(run: number, from: number, limit: number): readonly ChildRow[] {
    const all = this.#children(run).filter(({ index }) => index >= from);
    return all.sort((one, other) => one.index - other.index).slice(0, limit);
  }

  expressChild(run: number, index: number): ExpressChildRow | undefined {
    return this.#express.get(run)?.get(index);
  }

  counts(run: number): readonly ChildCount[] {
    const counts = new Map<ChildRow['status'], ChildCount>();
    for (const { status, items } of this.#children(run)) {
      const before = counts.get(status) ?? { status, children: 0, items: 0 };
      counts.set(status, { status, children: before.children + 1, items: before.items + items });
    }
    return [...counts.values()];
  }

  #children(run: number): ChildRow[] {
    const started = (this.#started.get(run) ?? []).flatMap((id) => {
      const row = this.#row(id);
      if (row === undefined) return [];
      const { status, startedAt, endedAt, mapIndex, mapItems } = row;
      return [{ index: mapIndex ?? 0, items: mapItems ?? 1, status, startedAt, endedAt, execution: id }];
    });
    const express = [...(this.#express.get(run)?.values() ?? [])];
    return [...started, ...express.map((child) => ({ ...child, execution: null }))];
  }
}

function listIn<Item>(lists: Map<number, Item[]>, key: number): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
