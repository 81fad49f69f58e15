import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { readSettings } from '../../../shared/protocol/environment/read-settings.ts';
import { startService } from '../service.ts';
import { Docker } from './docker.ts';
import { launcherServer } from './server.ts';
import { Tasks } from './tasks.ts';
import { watchTasks } from './watch-tasks.ts';

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
  const watching = watchTasks({ tasks, events, log, signal: ended.signal });
  return {
    async close() {
      ended.abort();
      server.close();
      server.closeAllConnections();
      await Promise.all([watching, tasks.stopAll()]);
    },
  };
});
