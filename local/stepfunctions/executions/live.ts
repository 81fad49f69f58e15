import type { JsonData } from '../data-flow/json-data.ts';
import type { Machine } from '../definition/machine.ts';
import type { Deadline } from '../timers/deadlines.ts';
import type { Ending, ExecutionFacts, ExecutionState } from './execution.ts';
import type { Transition } from './interpreter.ts';
import type { TaskPosition } from './position.ts';
import type { Stimulus, ThreadStimulus } from './stimulus.ts';
import { rootThread, type Thread } from './thread.ts';
import type { TextPlace } from './thread-record.ts';

/** Seconds that an Express execution may take. */
const longestExpress = 300;

/** A thread that waits for what it has called. */
export interface WaitingThread extends Thread {
  position: TaskPosition;
}

/** A running execution in memory, and its place among the deadlines. */
export class Live implements ExecutionState, Deadline {
  readonly facts: ExecutionFacts;
  readonly machine: Machine;
  readonly threads = new Map<number, Thread>();
  lastEvent = 0;
  /** Transitions written so far. */
  transitions = 0;
  /** Where texts that threads hold on to lie in the journal. */
  readonly places = new WeakMap<JsonData, TextPlace>();
  /** What is in flight, by the event that scheduled it. */
  readonly calls = new Map<number, AbortController>();
  /** When the next heartbeat must have come, in milliseconds since the epoch, by scheduling; not kept in the journal. */
  readonly heartbeats = new Map<number, number>();
  /** What has happened while an expression was evaluated elsewhere; set as long as that takes. */
  held: (() => void)[] | undefined;
  /** Tokens that have been answered meanwhile: each is answered once. */
  readonly answered = new Set<string>();
  /** Resolves when that has happened, too. */
  free: Promise<void> | undefined;
  /** Set at the end, while that is on its way to the disk. */
  ending: Ending | undefined;
  at = 0;
  place = -1;

  constructor(facts: ExecutionFacts, machine: Machine, threads: Iterable<Thread>) {
    this.facts = facts;
    this.machine = machine;
    for (const thread of threads) this.threads.set(thread.id, thread);
  }

  /** One that is about to start. */
  static atStart(facts: ExecutionFacts, machine: Machine, startAt = machine.startAt): Live {
    const position = { kind: 'next', state: startAt, input: facts.input } as const;
    const root = { id: rootThread, parent: undefined, index: 0, last: 0, variables: undefined, position };
    return new Live(facts, machine, [root]);
  }

  /** Stands where a transition has led. */
  move({ events, threads, gone, ending }: Transition): void {
    this.transitions += 1;
    this.lastEvent += events.length;
    this.ending = ending;
    if (ending !== undefined) return;
    for (const id of gone) this.threads.delete(id);
    for (const thread of threads) this.threads.set(thread.id, thread);
  }

  /** The thread that waits for the task which that event has scheduled. */
  waiting(scheduled: number): WaitingThread | undefined {
    for (const thread of this.threads.values()) {
      if (isWaiting(thread) && thread.position.scheduled === scheduled) return thread;
    }
    return undefined;
  }

  /** The schedulings of all tasks that are waited for. */
  awaited(): ReadonlySet<number> {
    return new Set([...this.threads.values()].filter(isWaiting).map(({ position }) => position.scheduled));
  }

  /** The thread whose task that token answers, if it is still to be answered. */
  waitingFor(token: string): WaitingThread | undefined {
    if (this.answered.has(token)) return undefined;
    for (const thread of this.threads.values()) {
      if (isWaiting(thread) && thread.position.token === token) return thread;
    }
    return undefined;
  }

  /** Milliseconds since the epoch when its machine's time is up. */
  get expiresAt(): number | undefined {
    const { timeoutSeconds } = this.machine;
    const { startedAt, redrive, express = false } = this.facts;
    const longest = express ? Math.min(timeoutSeconds ?? longestExpress, longestExpress) : timeoutSeconds;
    return longest === undefined ? undefined : (redrive?.at ?? startedAt) + longest * 1_000;
  }

  /** When it has to be looked at, if nothing else happens before. */
  get wakeAt(): number | undefined {
    return this.#next?.at;
  }

  /** What has happened at `wakeAt`. */
  get reason(): Stimulus {
    return this.#next?.stimulus ?? { kind: 'go' };
  }

  get #next(): { readonly at: number; readonly stimulus: Stimulus } | undefined {
    const expiresAt = this.expiresAt;
    let next =
      expiresAt === undefined ? undefined : { at: expiresAt, stimulus: { kind: 'expired' } as Stimulus };
    for (const thread of this.threads.values()) {
      const own = this.#dueOf(thread);
      if (own === undefined || (next !== undefined && next.at <= own.at)) continue;
      next = { at: own.at, stimulus: { kind: 'thread', thread: thread.id, happened: own.happened } };
    }
    return next;
  }

  #dueOf({ position }: Thread): { readonly at: number; readonly happened: ThreadStimulus } | undefined {
    if (position.kind === 'wait' || position.kind === 'retry') {
      return { at: position.until, happened: { kind: 'due' } };
    }
    if (position.kind !== 'task') return undefined;
    const never = Number.POSITIVE_INFINITY;
    const deadline = position.deadline ?? never;
    const heartbeat = this.heartbeats.get(position.scheduled) ?? never;
    const at = Math.min(deadline, heartbeat);
    if (at === never) return undefined;
    return { at, happened: { kind: 'timed-out', what: at === deadline ? 'task' : 'heartbeat' } };
  }
}

export function isWaiting(thread: Thread): thread is WaitingThread {
  return thread.position.kind === 'task';
}
