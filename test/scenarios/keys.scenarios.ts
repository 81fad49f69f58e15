import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TandemClient } from '../../clients/sdk/client.ts';
import type { Outage } from './outage.ts';
import { atOnce } from './pace.ts';
import { refused, type Twin } from './twin.ts';

const withKey = async (twin: Twin, secret: string) =>
  new TandemClient({ url: (await twin.client()).url, token: secret });

export function keys(twin: () => Twin): void {
  describe('API keys', { concurrency: atOnce(2) }, () => {
    it('start runs, and are named by what they do', async () => {
      await twin().publish('greeting');
      const { secret, key } = await (await twin().client()).createKey({ name: 'ci', roles: ['user'] });
      const client = await withKey(twin(), secret);
      const { run } = await client.startRun({ agent: 'greeting', input: { name: 'Key' } });
      const [created] = (await client.readEvents(run)).events;
      assert.equal(created?.by, `user:key:${key}`);
      await refused(client.cancelRun(run), 403, 'auth.forbidden');
      await refused(client.listKeys(), 403, 'auth.forbidden');
    });

    it('are listed without what they prove themselves by, page by page', async () => {
      const client = await twin().client();
      const made: Awaited<ReturnType<typeof client.createKey>>[] = [];
      for (const name of ['one', 'two', 'three'])
        made.push(await client.createKey({ name, roles: ['user'] }));
      const known: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await client.listKeys({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
        known.push(...page.items.map(({ key }) => key));
        assert.ok(page.items.every((item) => !('secret' in item) && !('secretDigest' in item)));
        cursor = page.cursor;
        if (cursor === undefined) break;
      }
      const mine = made.map(({ key }) => key);
      assert.deepEqual(
        known.filter((key) => mine.includes(key)),
        mine,
      );
      assert.deepEqual(known, known.toSorted());
    });
  });
}

/** What a power cut must not do to API keys. */
export function survivingKeys(twin: () => Twin, cut: Outage): void {
  cut.it('API keys are still good, and revoked ones still are not', async (fail) => {
    const client = await twin().client();
    const good = await client.createKey({ name: 'good', roles: ['user'] });
    const lost = await client.createKey({ name: 'lost', roles: ['user'] });
    await client.revokeKey(lost.key, 'Found in a log');
    await fail();
    await (await withKey(twin(), good.secret)).listRuns();
    await refused((await withKey(twin(), lost.secret)).listRuns(), 401, 'auth.invalid');
    const known = await (await twin().client()).getKey(lost.key);
    assert.deepEqual([known.name, known.revokedBy], ['lost', await twin().actor()]);
  });
}
