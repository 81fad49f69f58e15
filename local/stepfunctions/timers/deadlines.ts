/** Something that is due at a time; its place in the heap is kept on it, so that it can be moved or taken out. */
export interface Deadline {
  /** Milliseconds since the epoch. */
  at: number;
  /** Index in the heap, or -1 outside. */
  place: number;
}

/** A binary heap of deadlines, the earliest first: each change costs O(log n). */
export class Deadlines<Entry extends Deadline> {
  readonly #heap: Entry[] = [];

  get first(): Entry | undefined {
    return this.#heap[0];
  }

  /** Puts an entry in, or moves it. */
  set(entry: Entry, at: number): void {
    const earlier = entry.place >= 0 && at < entry.at;
    entry.at = at;
    if (entry.place < 0) {
      entry.place = this.#heap.length;
      this.#heap.push(entry);
      this.#rise(entry);
    } else if (earlier) {
      this.#rise(entry);
    } else {
      this.#sink(entry);
    }
  }

  remove(entry: Entry): void {
    if (entry.place < 0) return;
    const last = this.#heap.pop() as Entry;
    if (last !== entry) {
      this.#put(last, entry.place);
      this.#rise(last);
      this.#sink(last);
    }
    entry.place = -1;
  }

  #rise(entry: Entry): void {
    while (entry.place > 0) {
      const place = entry.place;
      const above = this.#heap[(place - 1) >> 1] as Entry;
      if (above.at <= entry.at) return;
      this.#put(entry, above.place);
      this.#put(above, place);
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const place = entry.place;
      const left = this.#heap[2 * place + 1];
      const right = this.#heap[2 * place + 2];
      const below = right !== undefined && left !== undefined && right.at < left.at ? right : left;
      if (below === undefined || below.at >= entry.at) return;
      this.#put(entry, below.place);
      this.#put(below, place);
    }
  }

  #put(entry: Entry, place: number): void {
    this.#heap[place] = entry;
    entry.place = place;
  }
}
