import { readFileSync } from 'node:fs';
import type { TaskName } from '../../functions/tasks/handlers.ts';
import type { ExecutionInput, TokenStep } from '../../shared/application/step.ts';
import type { FailedStep } from '../../shared/application/steps/finish.ts';
import type { Head, RunEvent } from '../../shared/domain/events.ts';
import { project } from '../../shared/domain/project.ts';
import type { ProjectionChange } from '../../shared/domain/projections.ts';
import { readEvent } from '../../shared/domain/read-event.ts';
import type { RunState } from '../../shared/domain/state.ts';

/** A run as a release left it: its log as written, and what that release made of it. */
export interface GoldenLog {
  readonly name: string;
  readonly events: readonly RunEvent[];
  readonly head: Head;
  readonly state: RunState;
  /** Every row as it stands in the end, in the order in which they first came up. */
  readonly rows: readonly ProjectionChange[];
}

/** What a state of the run machine may be given by an execution of that release, and what became of it. */
export interface GoldenStep {
  readonly name: string;
  readonly task: TaskName;
  /** The golden log that the run has, as far as its event `seq`. */
  readonly log: string;
  readonly seq: number;
  readonly input: ExecutionInput | FailedStep | TokenStep;
  readonly became: StepEffect;
}

export interface StepEffect {
  readonly output: unknown;
  /** Types of the events that it appended. */
  readonly appended: readonly string[];
  /** What it had others do, in words. */
  readonly asked: readonly string[];
}

export function readGolden<T>(release: string, file: 'logs' | 'steps'): readonly T[] {
  return JSON.parse(readFileSync(new URL(`${release}/${file}.json`, import.meta.url), 'utf8'));
}

/** What today's code makes of a log, event by event. Throws when one is refused. */
export function retell(events: readonly RunEvent[]): Pick<GoldenLog, 'state' | 'rows'> {
  let state: RunState | undefined;
  const rows = new Map<string, ProjectionChange>();
  for (const written of events) {
    const { event, state: after } = readEvent(state, written);
    for (const change of project(state, after, [event])) rows.set(keyOf(change), change);
    state = after;
  }
  return { state: state as RunState, rows: [...rows.values()] };
}

function keyOf({ kind, row }: ProjectionChange): string {
  return `${kind} ${'operation' in row ? row.operation : ''}`;
}
