import type { Directive } from './directives.ts';
import { limits } from './limits.ts';
import { type OperationArguments, operationKinds } from './operations.ts';
import type { OpenOperation, RunState, RunStatus } from './state.ts';

/**
 * What the run needs next. Pure. Cancel goes before pause, pause before the rest (rule 7); commands before waiting,
 * since they can be done at once.
 */
export function decide(state: RunState): Directive {
  if (state.end || state.cancelRequested) return { kind: 'finish' };
  if (state.paused) return { kind: 'signal', reason: 'paused' };
  const open = Object.values(state.open);
  if (open.length === 0 || open.some((operation) => isSettled(state, operation))) return { kind: 'advance' };
  const command = open.find((operation) => operationKinds[operation.kind] === 'claimed');
  return command ? commandDirective(command, earliest(open)) : waitDirective(state, open);
}

/** Whether somebody has settled an awaited operation without its outcome being in the log yet. */
export function isSettled(state: RunState, { operation, kind, request }: OpenOperation): boolean {
  if (kind === 'approval.request') return state.approvals[operation]?.decision !== undefined;
  if (kind !== 'signal.wait' || !('inline' in request)) return false;
  const { name } = request.inline as OperationArguments['signal.wait'];
  return state.signals.some((signal) => signal.name === name);
}

/** Whether there is anything to do before somebody else does something. */
export function hasWork(state: RunState): boolean {
  const { kind } = decide(state);
  return kind === 'advance' || kind === 'command' || kind === 'finish';
}

/** The status that a state has; a run is queued until its program has asked for something. */
export function statusOf(state: RunState): RunStatus {
  if (state.end) return state.end.status;
  if (state.paused && !state.cancelRequested) return 'paused';
  if (state.lastOperation === 0 && !state.cancelRequested) return 'queued';
  return hasWork(state) ? 'running' : 'waiting';
}

function commandDirective({ operation, request }: OpenOperation, deadline: string | undefined): Directive {
  const declared = 'inline' in request ? (request.inline as { timeoutMs?: number }).timeoutMs : undefined;
  const timeoutMs = declared ?? limits.commandTimeoutMs.default;
  return {
    kind: 'command',
    operation,
    place: timeoutMs <= limits.functionCommandMs ? 'function' : 'task',
    timeoutMs,
    ...(deadline === undefined ? {} : { deadline }),
  };
}

function waitDirective(state: RunState, open: readonly OpenOperation[]): Directive {
  const deadline = earliest(open);
  const asked = open.find(({ operation }) => state.approvals[operation]);
  const approval = asked && state.approvals[asked.operation]?.requested;
  if (asked && approval) {
    const { operation } = asked;
    return {
      kind: 'approval',
      operation,
      approval: approval.approval,
      deadline: deadline ?? approval.expiresAt,
    };
  }
  const reason = waitReasons[open[0]?.kind ?? ''] ?? 'signal';
  return { kind: 'signal', reason, ...(deadline === undefined ? {} : { deadline }) };
}

const waitReasons: Readonly<Record<string, 'signal' | 'time' | 'child'>> = {
  'signal.wait': 'signal',
  sleep: 'time',
  'agent.call': 'child',
};

function earliest(open: readonly OpenOperation[]): string | undefined {
  return open.flatMap(({ deadline }) => deadline ?? []).sort()[0];
}

/** What a run waits for, in a word that lists show: set while it waits or a command of it runs. */
export function waitsFor(state: RunState): string | undefined {
  const directive = decide(state);
  if (directive.kind === 'command' || directive.kind === 'approval') return directive.kind;
  return directive.kind === 'signal' ? directive.reason : undefined;
}
