import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type Ask, checkCompose, checkDocker, checkEndpoint, isTwinUp } from './twin.ts';

const none: Ask = () => undefined;
const saying =
  (ok: boolean, said: string): Ask =>
  () => ({ ok, said });

test('no Docker, none that answers, and none that lets us in are three things', () => {
  assert.equal(checkDocker(saying(true, '28.1.0')).ok, true);
  assert.match(checkDocker(none).found, /no `docker` here/);
  const silent = checkDocker(
    saying(false, 'Cannot connect to the Docker daemon at unix:///x.\nIs it running?'),
  );
  assert.deepEqual([silent.ok, silent.remedy], [false, 'Start Docker.']);
  const closed = checkDocker(saying(false, 'permission denied while trying to connect'));
  assert.match(closed.remedy ?? '', /sudo/);
});

test('Docker without Compose is said', () => {
  assert.equal(checkCompose(saying(true, 'Docker Compose version v2.35.0')).ok, true);
  for (const ask of [none, saying(false, "docker: 'compose' is not a docker command.")]) {
    assert.deepEqual(checkCompose(ask).found, 'Docker is without Compose');
  }
});

test('the twin is up when its deployer runs', () => {
  assert.equal(isTwinUp(saying(true, '3f1c')), true);
  for (const ask of [none, saying(true, ''), saying(false, 'x')]) assert.equal(isTwinUp(ask), false);
});

test('an endpoint answers, does not, is free, or is taken', async () => {
  let status = 200;
  const server = createServer((_request, response) => response.writeHead(status).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const endpoint = { url: `http://127.0.0.1:${port}/health/ready`, port };
  assert.deepEqual(await checkEndpoint(endpoint, true), {
    ok: true,
    found: `http://127.0.0.1:${port} answers`,
  });
  const taken = await checkEndpoint(endpoint, false);
  assert.deepEqual([taken.ok, taken.found], [false, `port ${port} is taken by somebody else`]);
  status = 503;
  const deploying = await checkEndpoint(endpoint, true);
  assert.deepEqual([deploying.ok, deploying.found], [false, `${endpoint.url} answers 503`]);
  server.close();
  await once(server, 'close');
  assert.match((await checkEndpoint(endpoint, true)).found, /does not answer$/);
  assert.equal((await checkEndpoint(endpoint, false)).ok, true);
});
