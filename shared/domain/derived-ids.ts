import { sha256 } from './canonical.ts';
import { timePart } from './ulid.ts';

/**
 * Ids derived from a run and an operation number, so that a crash can't make two (rule 15). They keep the run's time
 * part and thereby sort near it; the rest is a hash (80 bits).
 */
function derived(prefix: string, run: string, operation: number): string {
  const time = run.slice(run.indexOf('_') + 1, run.indexOf('_') + 11);
  return `${prefix}_${time}${sha256(`${prefix}:${run}:${operation}`).slice(0, 16)}`;
}

/**
 * The lowest id of a run that begins at this time, ISO, or later. Children keep the time of the run at the top, so that
 * a family stands together.
 */
export function firstRunId(from: string): string {
  return `run_${timePart(Math.max(0, Date.parse(from)))}`;
}

/** Id of the child run that an `agent.call` starts. */
export function childRunId(run: string, operation: number): string {
  return derived('run', run, operation);
}

/** Id of the approval that an operation asks for. */
export function approvalId(run: string, operation: number): string {
  return derived('apr', run, operation);
}

/** Name of the execution that carries one generation of a run (rule 5). */
export function executionName(run: string, generation: number): string {
  return `${run}-${generation}`;
}
