import { TandemError } from '../../errors/tandem-error.ts';
import { hasWork } from '../decide.ts';
import type { RunState } from '../state.ts';

/**
 * A new execution takes the run over; one writer wins. A generation counts as barren when it had work to do and brought
 * no event of the agent: one that only waited for others has done all it could.
 */
export function carry(state: RunState, generation: number, at: string): Partial<RunState> {
  if (generation !== state.generation + 1) {
    throw new TandemError('run.superseded', { details: { run: state.run, generation: state.generation } });
  }
  const barren = state.generation > 0 && !state.fruitful && hasWork(state);
  return { generation, carriedAt: at, fruitful: false, barren: barren ? state.barren + 1 : state.barren };
}
