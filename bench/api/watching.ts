import { TandemClient } from '../../clients/sdk/client.ts';
import { startRun, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

const pace = { times: 150, everyMs: 20 };

/** How soon somebody who watches a run sees what happens in it. */
export function watching(): Promise<readonly Figure[]> {
  return withServer(async ({ server, client }) => {
    const watcher = new TandemClient({ url: server.url, token: server.token });
    const { run } = await startRun(client, 'pacing', pace);
    const samples: number[] = [];
    for await (const { at } of watcher.events(run)) {
      samples.push(performance.timeOrigin + performance.now() - Date.parse(at));
    }
    return [
      {
        name: 'event until watch has it',
        unit: 'ms',
        value: distribution(samples.slice(20)),
        targets: [below('p99', 50)],
        note: 'from the time in the event, which is before its commit',
      },
    ];
  });
}
