import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import type { Connection, Connections, Subscription } from '../../shared/ports/connections.ts';
import { liveLimits } from '../../shared/protocol/live.ts';
import { all, runId } from './fixtures.ts';

export interface ConnectionsUnderTest {
  readonly connections: Connections;
  readonly clock: VirtualClock;
}

/** What every store of connections does; `make` opens an empty one, and the clock it goes by. */
export function describeConnections(
  name: string,
  make: (context: TestContext) => Promise<ConnectionsUnderTest>,
): void {
  describe(`connections: ${name}`, () => {
    const begin = async (context: TestContext) => {
      const { connections, clock } = await make(context);
      const open = async (id: string, tenant = 'acme'): Promise<Connection> => {
        const connection: Connection = {
          id,
          tenant,
          subject: 'ann',
          roles: ['user', 'operator'],
          expiresAt: clock.now() + 60_000,
        };
        await connections.open(connection);
        return connection;
      };
      const subscribers = async (run: string, tenant = 'acme') => {
        const found = (await all(connections.subscribers(tenant, run))).flat();
        return found.toSorted((a, b) => (a.connection < b.connection ? -1 : 1));
      };
      const subscription = (connection: string, run: string, sent = 0, tenant = 'acme'): Subscription => ({
        connection,
        tenant,
        run,
        sent,
      });
      return { connections, clock, open, subscribers, subscription };
    };
    const run = runId(1);

    test('a connection is found as it was opened, until it is closed', async (context) => {
      const { connections, open } = await begin(context);
      const connection = await open('c1');
      assert.deepEqual(await connections.find('c1'), connection);
      assert.equal(await connections.find('c2'), undefined);
      await connections.close('c1');
      await connections.close('c1');
      assert.equal(await connections.find('c1'), undefined);
    });

    test('whoever is subscribed is found by the run, with what they have been sent', async (context) => {
      const { connections, open, subscribers, subscription } = await begin(context);
      for (const id of ['c1', 'c2']) await open(id);
      await connections.subscribe(subscription('c1', run));
      await connections.subscribe(subscription('c2', run, 7));
      await connections.subscribe(subscription('c2', runId(2), 1));
      assert.deepEqual(await subscribers(run), [subscription('c1', run), subscription('c2', run, 7)]);
      assert.equal(await connections.hasSubscribers('acme', run), true);
      assert.equal(await connections.hasSubscribers('acme', runId(3)), false);
    });

    test('tenants that have runs of the same name share no subscribers', async (context) => {
      const { connections, open, subscribers, subscription } = await begin(context);
      await open('c1');
      await open('c2', 'other');
      await connections.subscribe(subscription('c1', run));
      await connections.subscribe(subscription('c2', run, 3, 'other'));
      assert.deepEqual(await subscribers(run), [subscription('c1', run)]);
      assert.deepEqual(await subscribers(run, 'other'), [subscription('c2', run, 3, 'other')]);
    });

    test('what was sent only grows; subscribing again begins where it says', async (context) => {
      const { connections, open, subscribers, subscription } = await begin(context);
      await open('c1');
      await connections.subscribe(subscription('c1', run, 2));
      await connections.sent(subscription('c1', run, 9));
      await connections.sent(subscription('c1', run, 5));
      assert.deepEqual(await subscribers(run), [subscription('c1', run, 9)]);
      await connections.subscribe(subscription('c1', run, 4));
      assert.deepEqual(await subscribers(run), [subscription('c1', run, 4)]);
    });

    test('a subscription ends, and noting what was sent does not bring it back', async (context) => {
      const { connections, open, subscribers, subscription } = await begin(context);
      await open('c1');
      await connections.subscribe(subscription('c1', run));
      await connections.unsubscribe(subscription('c1', run));
      await connections.unsubscribe(subscription('c1', run));
      await connections.sent(subscription('c1', run, 1));
      assert.deepEqual(await subscribers(run), []);
      assert.equal(await connections.hasSubscribers('acme', run), false);
    });

    test('closing ends every subscription of the connection, and no other', async (context) => {
      const { connections, open, subscribers, subscription } = await begin(context);
      for (const id of ['c1', 'c2']) await open(id);
      for (const number of [1, 2, 3]) await connections.subscribe(subscription('c1', runId(number)));
      await connections.subscribe(subscription('c2', run));
      await connections.close('c1');
      assert.deepEqual(await subscribers(run), [subscription('c2', run)]);
      assert.deepEqual([...(await subscribers(runId(2))), ...(await subscribers(runId(3)))], []);
    });

    test('who is not connected cannot subscribe', async (context) => {
      const { connections, subscribers, subscription } = await begin(context);
      await assert.rejects(connections.subscribe(subscription('c1', run)), { code: 'connection.unknown' });
      assert.deepEqual(await subscribers(run), []);
    });

    test('one connection listens to so many runs and no more', async (context) => {
      const { connections, open, subscribers, subscription } = await begin(context);
      await open('c1');
      for (let number = 1; number <= liveLimits.subscriptions; number += 1) {
        await connections.subscribe(subscription('c1', runId(number)));
      }
      const oneMore = subscription('c1', runId(liveLimits.subscriptions + 1));
      await assert.rejects(connections.subscribe(oneMore), { code: 'limit.exceeded' });
      await connections.subscribe(subscription('c1', run, 5));
      await connections.unsubscribe(subscription('c1', run));
      await connections.subscribe(oneMore);
      assert.deepEqual(await subscribers(oneMore.run), [oneMore]);
    });

    test('what has expired is given out no more', async (context) => {
      const { connections, clock, open, subscribers, subscription } = await begin(context);
      await open('c1');
      await connections.subscribe(subscription('c1', run));
      clock.advance(59_999);
      assert.equal((await subscribers(run)).length, 1);
      clock.advance(1);
      assert.equal(await connections.find('c1'), undefined);
      assert.deepEqual(await subscribers(run), []);
      await assert.rejects(connections.subscribe(subscription('c1', run)), { code: 'connection.unknown' });
    });

    test('many subscribers of one run are all found', async (context) => {
      const { connections, open, subscribers, subscription } = await begin(context);
      const ids = Array.from({ length: 130 }, (_, index) => `c${String(index).padStart(3, '0')}`);
      await Promise.all(
        ids.map(async (id) => {
          await open(id);
          await connections.subscribe(subscription(id, run, 1));
        }),
      );
      assert.deepEqual(
        await subscribers(run),
        ids.map((id) => subscription(id, run, 1)),
      );
    });
  });
}
