import type { Twin } from '../twin.ts';

/** Runs something on a deployment and answers the run, which has ended. */
export type Story = (twin: Twin) => Promise<string>;

async function started(twin: Twin, ...start: Parameters<Twin['start']>): Promise<string> {
  const { run } = await twin.start(...start);
  await twin.ended(run);
  return run;
}

/**
 * One of everything that can happen to a run, each in a way that leaves no two orders of its events: what they write is
 * compared across the ways to run Tandem.
 */
export const stories: Readonly<Record<string, Story>> = {
  'a program that answers': (twin) => started(twin, 'greeting', { name: 'Ada' }),
  'a program that fails': (twin) => started(twin, 'failing', { how: 'reads' }),
  'files and artefacts': (twin) =>
    started(twin, 'filing', null, { files: [{ path: 'given/table.csv', content: 'a,b\n' }] }),
  'a large input': (twin) => started(twin, 'echoing', { text: 'x'.repeat(200_000), times: 1 }),
  'a short command': (twin) => started(twin, 'commanding', { command: 'printf done', timeoutMs: 60_000 }),
  'a long command': (twin) => started(twin, 'commanding', { command: 'printf done', timeoutMs: 1_200_000 }),
  'a yes': async (twin) => {
    const { run } = await twin.start('asking', {});
    await (await twin.client()).approve((await twin.approval(run)).approval);
    await twin.ended(run);
    return run;
  },
  'a no': async (twin) => {
    const { run } = await twin.start('asking', {});
    await (await twin.client()).deny((await twin.approval(run)).approval, 'Not today');
    await twin.ended(run);
    return run;
  },
  'a signal': async (twin) => {
    const { run } = await twin.start('listening', { names: ['one'] });
    await twin.event(run, 'operation.requested');
    await (await twin.client()).signalRun(run, { name: 'one', payload: { said: 1 } });
    await twin.ended(run);
    return run;
  },
  'a call of another run': (twin) => started(twin, 'calling', { levels: 1, last: 'answers' }),
  'a cancellation': async (twin) => {
    const { run } = await twin.start('listening', { names: ['one'] });
    await twin.event(run, 'operation.requested');
    await (await twin.client()).cancelRun(run);
    await twin.ended(run);
    return run;
  },
  'a pause and its end': async (twin) => {
    const client = await twin.client();
    const { run } = await twin.start('listening', { names: ['one'] });
    await twin.event(run, 'operation.requested');
    await client.pauseRun(run);
    await twin.event(run, 'run.paused');
    await client.resumeRun(run);
    await twin.event(run, 'run.resumed');
    await client.signalRun(run, { name: 'one', payload: 1 });
    await twin.ended(run);
    return run;
  },
};
