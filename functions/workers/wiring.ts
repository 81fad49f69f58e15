import type { Worker } from '../../shared/domain/events.ts';
import { later } from '../later.ts';
import { needed } from '../needed.ts';
import type { Part } from '../wired.ts';

/** Where commands run: in functions, and in tasks where there are any. */
export const workersPart: Part = ({ settings, clock }) => {
  const { TANDEM_SPACE_TASKS: tasks } = settings;
  const places = {
    functionName: needed(settings, 'TANDEM_SPACE_FUNCTION'),
    tenancy: settings.TANDEM_SPACE_TENANCY === 'on',
    report: needed(settings, 'TANDEM_REPORT'),
    clock,
  };
  const kinds: readonly Worker['kind'][] = tasks ? ['function', 'task'] : ['function'];
  const load = async () => (await import('./launchers/wiring.ts')).launcher(places, tasks);
  return { launcher: later(load, { isolation: 'function', kinds }) };
};
