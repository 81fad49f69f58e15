import { runDefinition } from '../../state-machines/run/definition.ts';

/** A state machine, what its executions are given, and how often one of them does what is counted. */
export interface Workload {
  readonly definition: string;
  readonly input: string;
  readonly counted: number;
}

const chainLength = 20;
const items = 100;
const branches = 10;

/** States one after the other. */
function chain(state: object, more: object = {}): Workload {
  const states = Array.from({ length: chainLength }, (_, index) => [
    `P${index}`,
    { ...state, ...(index + 1 === chainLength ? { End: true } : { Next: `P${index + 1}` }) },
  ]);
  const definition = JSON.stringify({ ...more, StartAt: 'P0', States: Object.fromEntries(states) });
  return { definition, input: '{"n":1}', counted: chainLength };
}

export const passes = chain({ Type: 'Pass' });

export const expressions = chain(
  { Type: 'Pass', Output: { n: '{% $states.input.n + 1 %}' } },
  { QueryLanguage: 'JSONata' },
);

const one = { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } };
const single = (state: object): string => JSON.stringify({ StartAt: 'All', States: { All: state } });

/** Counted: iterations. */
export const map: Workload = {
  definition: single({ Type: 'Map', ItemProcessor: one, End: true }),
  input: JSON.stringify(Array.from({ length: items }, (_, index) => index)),
  counted: items,
};

/** Counted: branches. */
export const parallel: Workload = {
  definition: single({
    Type: 'Parallel',
    Branches: Array.from({ length: branches }, (_, index) => ({
      StartAt: `One${index}`,
      States: { [`One${index}`]: { Type: 'Pass', End: true } },
    })),
    End: true,
  }),
  input: '{}',
  counted: branches,
};

/** Counted: iterations, each a call of a function; all of them in flight at once. */
export const mapOfTasks = (length: number): Workload => ({
  definition: single({
    Type: 'Map',
    ItemProcessor: {
      StartAt: 'Work',
      States: {
        Work: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:work', End: true },
      },
    },
    End: true,
  }),
  input: JSON.stringify(Array.from({ length }, (_, index) => index)),
  counted: length,
});

/** The state machine that carries runs, with three steps. */
export const run: Workload = {
  definition: runDefinition(),
  input: JSON.stringify({ tenant: 'default', run: 'run_01k9x0000000000000000000', generation: 1 }),
  counted: 1,
};

const step = (next: string): string =>
  JSON.stringify({
    tenant: 'default',
    run: 'run_01k9x0000000000000000000',
    generation: 1,
    loop: 1,
    next,
    timeoutSeconds: 1,
    did: ['read file /notes.md', 'wrote file /report.md', 'finished'],
    say: 'Ends as succeeded',
  });

/** What the functions answer that the machines call. */
export const answers: Readonly<Record<string, string>> = {
  prepare: step('advance'),
  advance: step('finish'),
  finish: '{}',
  work: '"done"',
};
