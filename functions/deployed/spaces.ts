import type { FunctionSpec } from './function-spec.ts';
import { sourceIn } from './source.ts';

/** Functions that run what others wrote: they may do nothing, and what they hold is a ticket (rules 10 and 12). */
export const spaceFunctions: readonly FunctionSpec[] = [
  {
    name: 'space',
    purpose: 'Runs a short command in a space of its own',
    source: sourceIn('./containers/space/function.ts'),
    // Thirteen minutes for the command, and two to fetch its files and to hand over what it made.
    timeoutSeconds: 900,
    memoryMb: 2_048,
    rights: [],
  },
  {
    name: 'program',
    purpose: 'Asks programs what they want next',
    source: sourceIn('./containers/program/function.ts'),
    timeoutSeconds: 60,
    memoryMb: 1_024,
    rights: [],
  },
];
