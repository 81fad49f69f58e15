import { setTimeout as after } from 'node:timers/promises';
import { type Scenario, withServer } from '../bench.ts';
import { below } from '../figure.ts';
import { processTreeMegabytes } from '../process-memory.ts';
import { runsPerSecond } from './throughput.ts';

const calmMs = 60_000;

export const memory: Scenario = {
  name: 'memory',
  about: 'Resident memory of the server and everything it has started',
  measure: () =>
    withServer(async ({ server, client }) => {
      await after(5_000);
      const idle = processTreeMegabytes(server.pid);
      await runsPerSecond(client, 10_000);
      const loaded = processTreeMegabytes(server.pid);
      await after(calmMs);
      const calm = processTreeMegabytes(server.pid);
      return [
        { name: 'memory idle', unit: 'MB', value: idle, targets: [below('value', 130)] },
        { name: 'memory right after load', unit: 'MB', value: loaded, targets: [] },
        { name: 'memory 60 s after load', unit: 'MB', value: calm, targets: [below('value', 200)] },
      ];
    }),
};
