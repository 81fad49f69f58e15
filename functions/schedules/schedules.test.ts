import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { publishAgent } from '../../shared/application/commands/publish-agent.ts';
import { addWebhook } from '../../shared/application/webhooks/webhooks.ts';
import type { MemoryWebhookSender } from '../../shared/memory/webhook-sender.ts';
import { ann, memoryApp } from '../../test/support/memory-app.ts';
import { remaining, wiredInMemory } from '../../test/support/wired-in-memory.ts';
import { courierFunction } from './courier.ts';
import { upkeepFunction } from './upkeep.ts';

describe('the courier', () => {
  it('tells webhooks as long as a request that it begins can be recorded', async () => {
    const app = memoryApp();
    const { sent } = app.webhookSender as MemoryWebhookSender;
    await addWebhook(app, ann, { url: 'https://example.com/hook', events: ['agent.published'] });
    await publishAgent(app, ann, { agent: 'greeter', number: '1.0.0', bundle: 'export default 1' });
    const { wire, log } = wiredInMemory({ app });
    await courierFunction(wire)({}, remaining(19_000));
    assert.deepEqual([sent.length, log], [0, []]);
    await courierFunction(wire)({}, remaining(120_000));
    assert.deepEqual([sent.length, log.length], [1, 1]);
  });
});

describe('the upkeep', () => {
  /** Whether it has looked for blobs that nothing names. */
  async function sweeps(event: { readonly time?: string; readonly sweep?: boolean }): Promise<boolean> {
    let looked = false;
    const app = memoryApp();
    const { disposal } = app;
    disposal.tenantsWithUnnamed = async () => {
      looked = true;
      return [];
    };
    const { wire } = wiredInMemory({ app });
    await upkeepFunction(wire)(event, remaining(900_000));
    return looked;
  }

  it('looks four times a day for blobs that nothing names', async () => {
    const begin = Date.parse('2026-01-01T00:00:00Z');
    let times = 0;
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      if (await sweeps({ time: new Date(begin + minute * 60_000).toISOString() })) times += 1;
    }
    assert.equal(times, 4);
  });

  it('does so when somebody asks it to', async () => {
    assert.deepEqual([await sweeps({ sweep: true }), await sweeps({})], [true, false]);
  });
});
