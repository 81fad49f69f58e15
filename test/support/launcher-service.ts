import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { ECSClient } from '@aws-sdk/client-ecs';
import { launcherServer } from '../../local/compose/launcher/server.ts';
import type { Tasks } from '../../local/compose/launcher/tasks.ts';

/** The twin's launcher over HTTP, and the client of AWS that asks it; both are closed when the test ends. */
export async function openLauncherService(context: TestContext, tasks: Tasks): Promise<ECSClient> {
  const server = launcherServer(tasks);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new ECSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  context.after(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return client;
}
