import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDoor } from '../../test/support/open-door.ts';
import { signedExportRoute } from './signed-exports.ts';

/** Far more than any buffer between two processes holds. */
const size = 256 * 1_024 * 1_024;

async function* endless() {
  for (let sent = 0; sent < size; sent += 65_536) yield Buffer.alloc(65_536);
}

test('whoever stops fetching an export is no fault of ours', async () => {
  const exported = async () => ({ size, bytes: endless() });
  const verify = () => ({ tenant: 'acme', run: 'run_1', children: false });
  await using door = await openDoor({ gateway: { raw: [signedExportRoute({ exported, verify })] } });
  const stop = new AbortController();
  const response = await fetch(`${door.gateway.url}/v1/exports/acme/run_1`, { signal: stop.signal });
  await response.body?.getReader().read();
  stop.abort();
  const requests = () =>
    door.log.map((line) => JSON.parse(line)).filter(({ message }) => message === 'request');
  while (requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(
    requests().map(({ level, route }) => ({ level, route })),
    [{ level: 'info', route: '/v1/exports/{tenant}/{run}' }],
  );
});
