import { LeanClient } from '../../test/support/lean-client.ts';
import { ServerProcess } from '../../test/support/server-process.ts';
import { publishAgents, type Scenario, startRun } from '../bench.ts';
import { below } from '../figure.ts';
import { distribution } from '../stats.ts';

const starts = 11;

export const start: Scenario = {
  name: 'start',
  about: 'exec of the server until its first accepted run',
  async measure() {
    const server = await ServerProcess.inNewFolder();
    try {
      await server.start();
      const first = new LeanClient(server);
      await publishAgents(first);
      first.close();
      const samples: number[] = [];
      for (let i = 0; i < starts; i++) {
        await server.stop();
        const began = performance.now();
        await server.start();
        const client = new LeanClient(server);
        await startRun(client, 'trivial');
        samples.push(performance.now() - began);
        client.close();
      }
      return [
        {
          name: 'exec → first accepted run',
          unit: 'ms',
          value: distribution(samples),
          targets: [below('p50', 600)],
        },
      ];
    } finally {
      await server.remove();
    }
  },
};
