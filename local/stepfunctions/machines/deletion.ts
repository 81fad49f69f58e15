import type { Journal } from '../journal/journal.ts';
import type { Machines } from './machines.ts';

/** Executions dropped in one commit. */
const droppedAtATime = 1_000;

/** Takes state machines away: the executions that have ended, then the machine itself, once nothing of it runs. */
export class MachineDeletion {
  readonly #journal: Journal;
  readonly #machines: Machines;
  readonly #runs: (machine: string) => boolean;
  readonly #underWay = new Map<string, Promise<void>>();
  #closed = false;

  /** `runs` says whether an execution of a machine runs. */
  constructor(journal: Journal, machines: Machines, runs: (machine: string) => boolean) {
    this.#journal = journal;
    this.#machines = machines;
    this.#runs = runs;
  }

  /** Resolves when it cannot be lost, and when the machine is gone if nothing of it runs. */
  async begin(machine: string): Promise<void> {
    if (this.#machines.get(machine)?.status === 'ACTIVE') this.#machines.beginDeletion(machine);
    await this.#journal.settled();
    await this.#finish(machine);
  }

  /** Something of a machine has ended; without a name, all of them are looked at. */
  resume(machine?: string): void {
    const names = machine === undefined ? this.#machines.list().map(({ name }) => name) : [machine];
    for (const name of names) {
      if (this.#machines.get(name)?.status !== 'DELETING' || this.#runs(name)) continue;
      // What fails here is found again at the next start.
      this.#finish(name).catch(() => {});
    }
  }

  close(): void {
    this.#closed = true;
  }

  #finish(machine: string): Promise<void> {
    const known = this.#underWay.get(machine);
    if (known !== undefined) return known;
    const finished = this.#remove(machine).finally(() => this.#underWay.delete(machine));
    this.#underWay.set(machine, finished);
    return finished;
  }

  async #remove(machine: string): Promise<void> {
    if (this.#machines.get(machine)?.status !== 'DELETING' || this.#runs(machine)) return;
    for (let dropped = droppedAtATime; dropped === droppedAtATime; ) {
      if (this.#closed) return;
      dropped = this.#journal.discard(machine, droppedAtATime);
      await this.#journal.settled();
    }
    this.#machines.remove(machine);
    await this.#journal.settled();
  }
}
