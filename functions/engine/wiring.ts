import { later } from '../later.ts';
import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';

/** The run machine. Step Functions keeps what it likes of a run: there is nothing to forget. */
export const enginePart: Part = ({ settings }) => {
  const machine = needed(settings, 'TANDEM_MACHINE');
  const load = async () => (await import('./stepfunctions/wiring.ts')).stepFunctionsEngine(machine);
  return { engine: later(load, { forget: async () => {} }) };
};
