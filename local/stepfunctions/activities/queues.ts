import type { Clock } from '../../../shared/ports/clock.ts';

/** A task of an activity, until a worker takes it. */
export interface ActivityTask {
  /** Number of the execution, and id of the event that scheduled it: together its name. */
  readonly execution: number;
  readonly scheduled: number;
  /** JSON text. */
  readonly input: string;
}

/** Milliseconds a worker waits for a task. */
const pollMs = 60_000;

interface Poll {
  readonly worker: string | undefined;
  /** Ends the poll; `undefined` when its time is up. */
  readonly answer: (task: Taken | undefined) => void;
}

/** A task in the hands of a worker. */
export interface Taken extends ActivityTask {
  /** Name of the worker, where it gave one. */
  readonly worker: string | undefined;
  /** Puts it back as the next one to be taken, if the worker went away before it had been told. */
  putBack(): void;
}

/**
 * The tasks that wait for workers, and the workers that wait for tasks, by activity: each first come, first served. It
 * lives in memory; what waited when a process ended is offered again by the next one.
 */
export class ActivityQueues {
  readonly #clock: Clock;
  readonly #tasks = new Map<string, ActivityTask[]>();
  readonly #polls = new Map<string, Poll[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Hands a task to the worker that has waited longest, or keeps it until one asks. */
  offer(activityArn: string, task: ActivityTask): void {
    const tasks = listIn(this.#tasks, activityArn);
    tasks.push(task);
    this.#serve(activityArn);
  }

  /** Nobody is to work on it any more; does nothing when a worker has taken it. */
  withdraw(
    activityArn: string,
    { execution, scheduled }: Pick<ActivityTask, 'execution' | 'scheduled'>,
  ): void {
    const tasks = this.#tasks.get(activityArn) ?? [];
    const left = tasks.filter((task) => task.execution !== execution || task.scheduled !== scheduled);
    this.#set(this.#tasks, activityArn, left);
  }

  /** The next task; `undefined` when none comes in time, or once `signal` says that nobody waits any more. */
  poll(activityArn: string, worker: string | undefined, signal: AbortSignal): Promise<Taken | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const answer = (task: Taken | undefined): void => {
        callOff();
        signal.removeEventListener('abort', leave);
        resolve(task);
      };
      const poll: Poll = { worker, answer };
      const leave = (): void => {
        const polls = this.#polls.get(activityArn) ?? [];
        this.#set(
          this.#polls,
          activityArn,
          polls.filter((each) => each !== poll),
        );
        answer(undefined);
      };
      const callOff = this.#clock.at(this.#clock.now() + pollMs, leave);
      signal.addEventListener('abort', leave, { once: true });
      listIn(this.#polls, activityArn).push(poll);
      this.#serve(activityArn);
    });
  }

  /** How many tasks wait for a worker. */
  waiting(activityArn: string): number {
    return this.#tasks.get(activityArn)?.length ?? 0;
  }

  /** The activity is gone, and with it what waited; its workers are told that there is nothing. */
  drop(activityArn: string): void {
    this.#tasks.delete(activityArn);
    const polls = this.#polls.get(activityArn) ?? [];
    this.#polls.delete(activityArn);
    for (const poll of polls) poll.answer(undefined);
  }

  /** Answers every poll at once: the engine closes. */
  close(): void {
    for (const activityArn of [...this.#polls.keys()]) this.drop(activityArn);
  }

  #serve(activityArn: string): void {
    const tasks = this.#tasks.get(activityArn) ?? [];
    const polls = this.#polls.get(activityArn) ?? [];
    while (tasks.length > 0 && polls.length > 0) this.#hand(activityArn, tasks.shift(), polls.shift());
    this.#set(this.#tasks, activityArn, tasks);
    this.#set(this.#polls, activityArn, polls);
  }

  #hand(activityArn: string, task: ActivityTask | undefined, poll: Poll | undefined): void {
    if (task === undefined || poll === undefined) return;
    const putBack = (): void => {
      listIn(this.#tasks, activityArn).unshift(task);
      this.#serve(activityArn);
    };
    poll.answer({ ...task, worker: poll.worker, putBack });
  }

  /** Empty lists are not kept. */
  #set<Item>(lists: Map<string, Item[]>, activityArn: string, items: Item[]): void {
    if (items.length === 0) lists.delete(activityArn);
    else lists.set(activityArn, items);
  }
}

function listIn<Item>(lists: Map<string, Item[]>, activityArn: string): Item[] {
  const list = lists.get(activityArn) ?? [];
  lists.set(activityArn, list);
  return list;
}
