import type { Machine } from '../definition/machine.ts';
import type { Deadline } from '../timers/deadlines.ts';
import type { Ending, ExecutionFacts, ExecutionState } from './execution.ts';
import type { Position } from './position.ts';
import type { TextPlace } from './position-record.ts';
import type { Stimulus } from './stimulus.ts';

/** A running execution in memory, and its place among the deadlines. */
export class Live implements ExecutionState, Deadline {
  readonly facts: ExecutionFacts;
  readonly machine: Machine;
  position: Position;
  lastEvent = 0;
  /** Transitions written so far. */
  transitions = 0;
  /** Where the text of the position's input lies. */
  input: TextPlace | undefined;
  /** When the next heartbeat must have come, in milliseconds since the epoch; not kept in the journal. */
  heartbeatBy: number | undefined;
  /** Set at the end, while that is on its way to the disk. */
  ending: Ending | undefined;
  at = 0;
  place = -1;

  constructor(facts: ExecutionFacts, machine: Machine, position: Position) {
    this.facts = facts;
    this.machine = machine;
    this.position = position;
  }

  /** Milliseconds since the epoch when its machine's time is up. */
  get expiresAt(): number | undefined {
    const { timeoutSeconds } = this.machine;
    return timeoutSeconds === undefined ? undefined : this.facts.startedAt + timeoutSeconds * 1_000;
  }

  /** When it has to be looked at, if nothing else happens before. */
  get wakeAt(): number | undefined {
    let earliest = this.expiresAt ?? Number.POSITIVE_INFINITY;
    const { position } = this;
    if (position.kind === 'task') {
      earliest = Math.min(earliest, position.deadline ?? earliest, this.heartbeatBy ?? earliest);
    } else if (position.kind !== 'next') {
      earliest = Math.min(earliest, position.until);
    }
    return Number.isFinite(earliest) ? earliest : undefined;
  }

  /** What has happened at `wakeAt`. */
  get reason(): Stimulus {
    const { position, wakeAt } = this;
    if (wakeAt === this.expiresAt) return { kind: 'expired' };
    if (position.kind !== 'task') return { kind: 'due' };
    return { kind: 'timed-out', what: wakeAt === position.deadline ? 'task' : 'heartbeat' };
  }
}
