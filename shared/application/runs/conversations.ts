/**
 * Who talks with the programs of this process. A host remembers a run by its name, and what it is told may not be
 * recorded yet: two steps of one run at work at once (one of them given up by its execution, or of an old generation)
 * would mislead each other's program. So only the first of them goes by the run's name; the others get names of their
 * own, which the host has never heard.
 */
export class Conversations {
  readonly #going = new Set<string>();
  #strangers = 0;

  /** A name for asking a run's program, until `end` is called. */
  begin(tenant: string, run: string): Conversation {
    const key = `${tenant}/${run}`;
    if (this.#going.has(key)) {
      this.#strangers += 1;
      return { name: `${run}~${this.#strangers}`, isPassing: true, end: () => {} };
    }
    this.#going.add(key);
    return { name: run, isPassing: false, end: () => this.#going.delete(key) };
  }
}

export interface Conversation {
  /** What the host knows the run by. */
  readonly name: string;
  /** Whether nobody will go by this name again: the host may forget it afterwards. */
  readonly isPassing: boolean;
  end(): void;
}
