import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { HttpsWebhookSender } from '../../shared/egress/https-webhook-sender.ts';

/** What a function asks that no endpoint of a network leads to. */
const asking = `
  import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
  import { webhookSender } from './functions/keys/egress/wiring.ts';
  import { apiGatewayManagementClient } from './shared/aws/sdk/api-gateway-management.ts';
  import { remoteKeys } from './shared/identity/remote-keys.ts';
  await Promise.allSettled([
    remoteKeys({ issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/pool' })(),
    apiGatewayManagementClient('https://live.execute-api.eu-central-1.amazonaws.com/dev').send(
      new PostToConnectionCommand({ ConnectionId: 'c', Data: 'd' }),
    ),
    webhookSender({ private: false, proxied: true }).send({ url: 'https://1.1.1.1/hook', headers: {}, body: '' }),
  ]);`;

describe('a function without a way out but a proxy', () => {
  const asked: string[] = [];
  let proxy: Server;
  let address = '';
  before(async () => {
    proxy = createServer().on('connect', ({ url = '' }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  after(() => proxy.close());

  it('asks issuers, connections and webhooks through it', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', asking], {
      env: {
        PATH: process.env['PATH'],
        NODE_USE_ENV_PROXY: '1',
        HTTPS_PROXY: address,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'id',
        AWS_SECRET_ACCESS_KEY: 'secret',
      },
      stdio: 'inherit',
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.deepEqual([...new Set(asked)].sort(), [
      '1.1.1.1:443',
      'cognito-idp.eu-central-1.amazonaws.com:443',
      'live.execute-api.eu-central-1.amazonaws.com:443',
    ]);
  });

  it('tells it the address that was checked, and not the name, which it would look up again', async () => {
    asked.length = 0;
    const throughProxy = new Agent({ proxyEnv: { HTTPS_PROXY: address } });
    const resolve = async () => ['2606:4700::1111', '1.1.1.1'];
    const sender = new HttpsWebhookSender({ throughProxy, resolve });
    const answer = await sender.send({ url: 'https://hooks.example.com/hook', headers: {}, body: '{}' });
    assert.ok('error' in answer);
    assert.deepEqual(asked, ['1.1.1.1:443']);
  });
});
