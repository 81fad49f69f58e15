import type { Entry, Journal } from '../journal/journal.ts';

/**
 * A journal whose process dies: what is written after the cut is lost, and nobody hears from it again. What was written
 * before is on the disk.
 */
export class CutJournal implements Journal {
  readonly inner: Journal;
  #left: number;

  /** `writes`: how many transitions make it to the disk. */
  constructor(inner: Journal, writes: number = Number.POSITIVE_INFINITY) {
    this.inner = inner;
    this.#left = writes;
  }

  /** Whether the process is dead. */
  get isCut(): boolean {
    return this.#left < 0;
  }

  cut(): void {
    this.#left = -1;
  }

  write(entry: Entry): void {
    if (this.isCut) return;
    this.#left -= 1;
    if (!this.isCut) this.inner.write(entry);
  }

  settled(): Promise<void> {
    return this.isCut ? new Promise(() => {}) : this.inner.settled();
  }

  async close(): Promise<void> {}

  get catalogue(): Journal['catalogue'] {
    return this.inner.catalogue;
  }

  get mapRuns(): Journal['mapRuns'] {
    const { mapRuns } = this.inner;
    const alive =
      <Arguments extends readonly unknown[]>(write: (...given: Arguments) => void) =>
      (...given: Arguments): void => {
        if (!this.isCut) write(...given);
      };
    return {
      add: alive((run) => mapRuns.add(run)),
      change: alive((id, change) => mapRuns.change(id, change)),
      addInputs: alive((run, block) => mapRuns.addInputs(run, block)),
      dropInputs: alive((run) => mapRuns.dropInputs(run)),
      addChild: alive((child) => mapRuns.addChild(child)),
      last: () => mapRuns.last(),
      get: (id) => mapRuns.get(id),
      find: (uuid) => mapRuns.find(uuid),
      running: () => mapRuns.running(),
      of: (execution) => mapRuns.of(execution),
      inputs: (run, index) => mapRuns.inputs(run, index),
      children: (run, from, limit) => mapRuns.children(run, from, limit),
      expressChild: (run, index) => mapRuns.expressChild(run, index),
      counts: (run) => mapRuns.counts(run),
    };
  }

  addRevision: Journal['addRevision'] = (revision) => this.inner.addRevision(revision);
  dropRevisions: Journal['dropRevisions'] = (machine) => this.inner.dropRevisions(machine);
  discard: Journal['discard'] = (machine, limit) => this.inner.discard(machine, limit);
  revisions: Journal['revisions'] = () => this.inner.revisions();
  lastExecution: Journal['lastExecution'] = () => this.inner.lastExecution();
  running: Journal['running'] = () => this.inner.running();
  last: Journal['last'] = (execution) => this.inner.last(execution);
  has: Journal['has'] = (machine, name) => this.inner.has(machine, name);
  find: Journal['find'] = (machine, name) => this.inner.find(machine, name);
  list: Journal['list'] = (filter) => this.inner.list(filter);
  input: Journal['input'] = (execution) => this.inner.input(execution);
  packed: Journal['packed'] = (execution, transition) => this.inner.packed(execution, transition);
  forget: Journal['forget'] = (machine, prefix) => this.inner.forget(machine, prefix);
  prune: Journal['prune'] = (endedBy, limit) => this.inner.prune(endedBy, limit);
  head: Journal['head'] = (execution, transition) => this.inner.head(execution, transition);
}
