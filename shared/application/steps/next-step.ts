import type { Directive } from '../../domain/directives.ts';
import { limits } from '../../domain/limits.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';
import type { Step } from '../step.ts';

/** What a step ended with. */
export interface StepEnd {
  readonly state: RunState;
  readonly directive: Directive;
  readonly told: number;
  readonly did: readonly string[];
}

/** Longer than a command's own timeout, so that the worker reports before the state gives up on it. */
const commandGraceMs = 60_000;

/** Words of a step that fit into the state of an execution beside everything else. */
const wordsKept = 20;

/** The directive as the run machine reads it; hands over when the execution grows old (rule 16). */
export function nextStep(app: App, step: Step, { state, directive, told, did }: StepEnd): Step {
  const handsOver = directive.kind !== 'finish' && isOld(app, step, state);
  const next: Directive = handsOver ? { kind: 'handover' } : directive;
  return {
    ...baseStep(step),
    next: next.kind,
    ...('operation' in next ? { operation: next.operation } : {}),
    told,
    timeoutSeconds: timeoutSeconds(app, next, state),
    did: did.length <= wordsKept ? did : [...did.slice(0, wordsKept), `and ${did.length - wordsKept} more`],
    say: say(next, state),
  };
}

/** For a step whose run is carried by a newer generation: its execution ends. */
export function superseded(step: Step): Step {
  return {
    ...baseStep(step),
    next: 'superseded',
    told: -1,
    timeoutSeconds: 1,
    did: [],
    say: 'A newer execution carries this run',
  };
}

function baseStep({ tenant, run, generation, loop }: Step) {
  return { tenant, run, generation, loop };
}

function isOld(app: App, step: Step, state: RunState): boolean {
  const began = Date.parse(state.carriedAt ?? state.createdAt);
  return step.loop >= limits.executionLoops || app.clock.now() - began >= limits.executionMs;
}

function timeoutSeconds(app: App, next: Directive, state: RunState): number {
  if (next.kind !== 'command' && next.kind !== 'approval' && next.kind !== 'signal') return 1;
  const now = app.clock.now();
  const latest =
    next.kind === 'command'
      ? now + next.timeoutMs + commandGraceMs
      : Date.parse(state.carriedAt ?? state.createdAt) + limits.executionMs;
  // Deadlines run on while a command runs: the program hears of them in the order in which they pass.
  const until = next.deadline === undefined ? latest : Math.min(Date.parse(next.deadline), latest);
  return Math.max(1, Math.ceil((until - now) / 1000));
}

function say(next: Directive, state: RunState): string {
  switch (next.kind) {
    case 'advance':
      return 'The program goes on';
    case 'command':
      return `Runs command ${next.operation} in a ${next.place}`;
    case 'approval':
      return `Waits until ${next.deadline} for a decision on ${next.approval}`;
    case 'signal':
      return `Waits${next.deadline ? ` until ${next.deadline}` : ''}: ${next.reason}`;
    case 'handover':
      return 'A new execution takes over';
    case 'finish':
      return `Ends as ${state.end?.status ?? 'cancelled'}`;
  }
}
