import type { GoldenStep } from './golden.ts';

type Told = Omit<GoldenStep, 'input' | 'became'> & { readonly input: object };

/** What every state of the run machine may be given; tenant, run and generation are those of the log. */
export const steps: readonly Told[] = [
  {
    name: 'a lost execution is prepared again',
    task: 'prepare',
    log: 'commands, one of them cut off',
    seq: 7,
    input: {},
  },
  {
    name: 'a program goes on after its file',
    task: 'advance',
    log: 'files and an artefact',
    seq: 3,
    input: step({ next: 'advance', told: -1, say: 'The program goes on' }),
  },
  {
    name: 'a paused run is left alone',
    task: 'advance',
    log: 'paused, resumed and cancelled',
    seq: 4,
    input: step({ loop: 3, next: 'signal', told: 0, timeoutSeconds: 60, say: 'Waits: signal' }),
  },
  {
    name: 'a cancelled run ends',
    task: 'advance',
    log: 'paused, resumed and cancelled',
    seq: 6,
    input: step({ next: 'signal', told: 0, timeoutSeconds: 60 }),
  },
  {
    name: 'an old generation is superseded',
    task: 'advance',
    log: 'commands, one of them cut off',
    seq: 9,
    input: { ...step({ next: 'command', operation: 2, told: 1, timeoutSeconds: 660 }), generation: 1 },
  },
  {
    name: 'a command is dispatched',
    task: 'dispatch',
    log: 'commands, one of them cut off',
    seq: 3,
    input: step({ next: 'command', operation: 1, told: 0, timeoutSeconds: 120, token: 'token-1' }),
  },
  {
    name: 'an approval is waited for',
    task: 'await',
    log: 'an approval that waits',
    seq: 4,
    input: step({ next: 'approval', operation: 1, told: 0, timeoutSeconds: 60, token: 'token-2' }),
  },
  {
    name: 'an approval that is decided is not waited for',
    task: 'await',
    log: 'an approval that is decided and not told yet',
    seq: 5,
    input: step({ next: 'approval', operation: 1, told: 0, timeoutSeconds: 60, token: 'token-3' }),
  },
  {
    name: 'a successor takes over',
    task: 'successor',
    log: 'a signal and a sleep',
    seq: 7,
    input: step({ loop: 1_000, next: 'handover', told: 1, say: 'A new execution takes over' }),
  },
  {
    name: 'a failed execution ends its run',
    task: 'finish',
    log: 'a signal and a sleep',
    seq: 7,
    input: { ...step({ next: 'signal', told: 1 }), error: { Error: 'States.Runtime', Cause: 'No idea' } },
  },
  {
    name: 'an ended run is finished',
    task: 'finish',
    log: 'a program that failed',
    seq: 5,
    input: step({ loop: 2, next: 'finish', told: 0, say: 'Ends as failed' }),
  },
];

function step(particulars: object): object {
  return { loop: 1, timeoutSeconds: 1, did: ['Did something'], say: '', ...particulars };
}
