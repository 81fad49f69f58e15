import type { Directive } from '../domain/directives.ts';

/** Input of an execution of the run machine: ids only (rule 5). */
export interface ExecutionInput {
  readonly tenant: string;
  readonly run: string;
  readonly generation: number;
}

/**
 * What travels between the states of the run machine: the output of `Prepare` and `Advance`, at most 64 KiB. Its words
 * make the Step Functions console read like the run's story.
 */
export interface Step extends ExecutionInput {
  /** How often Advance has run in this execution. */
  readonly loop: number;
  /** What the run needs next; `superseded` when a newer generation carries it. */
  readonly next: Directive['kind'] | 'superseded';
  /** Operation number that `command` and `approval` are about. */
  readonly operation?: number;
  /** Answers that the program has been given: whatever comes on top is news. -1: it has not been asked. */
  readonly told: number;
  /** How long the next state may take, in whole seconds (1 to 99,999,999). */
  readonly timeoutSeconds: number;
  /** What this step did, in words. */
  readonly did: readonly string[];
  /** What comes next, in words. */
  readonly say: string;
}

/** What a state that waits by task token is given besides the step. */
export interface TokenStep extends Step {
  readonly token: string;
}
