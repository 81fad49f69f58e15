import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { readSettings } from '../../../shared/protocol/environment/read-settings.ts';
import { startService } from '../service.ts';
import { Docker } from './docker.ts';
import { launcherServer } from './server.ts';
import { Tasks } from './tasks.ts';
import { tellOf } from './tell-of.ts';

/** Between two attempts to hear of tasks that end, in milliseconds. */
const againMs = 1_000;

/**
 * The launcher of the Compose twin: the part of the ECS API that Tandem uses, by which our images are started as containers.
 * What it knows stands in their labels, so that it may be restarted at any time; it tells EventBridge of tasks that stop.
 */
await startService('launcher', async (log) => {
  const settings = readSettings('function', process.env);
  const region = process.env['AWS_REGION'] ?? 'eu-central-1';
  const tasks = new Tasks({
    docker: new Docker('/var/run/docker.sock'),
    twin: settings.TANDEM_LAUNCHER_TWIN ?? 'twin',
    image: settings.TANDEM_LAUNCHER_IMAGE ?? 'tandem/space',
    network: settings.TANDEM_LAUNCHER_NETWORK ?? 'bridge',
    environment: settings.TANDEM_ORIGINS === undefined ? {} : { TANDEM_ORIGINS: settings.TANDEM_ORIGINS },
    region,
  });
  const server = launcherServer(tasks);
  server.listen(4_510, '0.0.0.0');
  const ended = new AbortController();
  const events = new EventBridgeClient({ region });
  const watch = async () => {
    while (!ended.signal.aborted) {
      try {
        for await (const task of tasks.ended(ended.signal)) await tellOf(events, task);
      } catch (error) {
        if (!ended.signal.aborted) log.warn('Tasks that stop are not told of for now', { error: String(error) });
      }
      // Whatever went wrong: all that have stopped are told of again, and whoever hears it twice takes no harm.
      await pause(againMs, undefined, { signal: ended.signal }).catch(() => {});
      await tasks.sweep(Date.now()).catch(() => {});
    }
  };
  const watching = watch();
  return {
    async close() {
      ended.abort();
      server.close();
      server.closeAllConnections();
      await watching;
    },
  };
});
