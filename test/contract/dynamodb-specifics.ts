import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { type Client, openDynamoStore } from '../../shared/aws/dynamodb/store.ts';
import { logTable, tableName } from '../../shared/aws/dynamodb/table.ts';
import type { ProjectionChange } from '../../shared/domain/projections.ts';
import type { RunState } from '../../shared/domain/state.ts';
import type { Delivery } from '../../shared/domain/webhooks/delivery.ts';
import { clientOf, type DynamoDbUnderTest, dynamoAdapters } from './dynamodb-stores.ts';
import { approvalRow, Chain, digestOf, minute, runId, runRow, tenant } from './fixtures.ts';

const run = runId(1);

const delivery = (webhook: number, event: number): Delivery => ({
  tenant,
  webhook: `whk_${webhook}`,
  run,
  delivery: `dlv_${String(event).padStart(3, '0')}-${webhook}`,
  event: 'run.succeeded',
  body: JSON.stringify({ text: 'x'.repeat(400) }),
  status: 'pending',
  createdAt: minute(0),
  attempts: 0,
  dueAt: minute(0),
  revision: 1,
});

/** Messages of four events, to each webhook a tenant may have: twice what one transaction holds. */
const everything = Array.from({ length: 50 }, (_, webhook) =>
  Array.from({ length: 4 }, (__, event) => delivery(webhook, event)),
).flat();

/** What only DynamoDB has: its limits, and answers that are lost on the way. */
export function describeDynamoDb({ client, makeTables }: DynamoDbUnderTest): void {
  const on = async (context: TestContext) => {
    const table = await makeTables(context);
    return { table, ...dynamoAdapters(openDynamoStore({ client, table })) };
  };

  describe('DynamoDB and its limits', () => {
    test('an append is one request', async (context) => {
      const table = await makeTables(context);
      const sent: string[] = [];
      const store = openDynamoStore({ client: counting(client, sent), table });
      const log = dynamoAdapters(store).log.forTenant(tenant);
      await log.append({
        ...new Chain(run).next(25, 'x'.repeat(20_000)),
        projections: [
          { kind: 'run', row: runRow(run) },
          { kind: 'due', row: { tenant, run, checkAt: minute(1) } },
          { kind: 'approval', row: approvalRow('apr_1') },
        ],
        deliveries: Array.from({ length: 50 }, (_, webhook) => delivery(webhook, 1)),
        idempotency: { key: 'k', body: digestOf('d'), resource: run, at: minute(0) },
      });
      assert.deepEqual(sent, ['TransactWriteItemsCommand']);
    });

    test('messages of an append that one transaction does not hold are all there when it is answered', async (context) => {
      const { log, outbox } = await on(context);
      await log.forTenant(tenant).append({ ...new Chain(run).next(4), deliveries: everything });
      const lanes = await outbox.lanes();
      assert.equal(lanes.length, 50);
      for (const { webhook } of lanes.slice(0, 3)) {
        const due = await outbox.forTenant(tenant).due(webhook, minute(0), 100);
        assert.equal(due.length, 4);
      }
      assert.deepEqual(await outbox.forTenant(tenant).get('whk_49', 'dlv_003-49'), delivery(49, 3));
    });

    test('whoever dies before they are unpacked has lost none', async (context) => {
      const table = await makeTables(context);
      const dying = openDynamoStore({ client: dyingAfterTransaction(client), table });
      const append = { ...new Chain(run).next(4), deliveries: everything };
      await assert.rejects(dynamoAdapters(dying).log.forTenant(tenant).append(append), /died/);
      const { outbox, log } = dynamoAdapters(openDynamoStore({ client, table }));
      assert.equal((await log.forTenant(tenant).head(run))?.seq, 4);
      assert.equal((await outbox.lanes()).length, 50);
      assert.equal((await outbox.forTenant(tenant).list('whk_7', {})).items.length, 4);
    });

    test('rows unpacked late do not undo what was put since', async (context) => {
      const table = await makeTables(context);
      const chain = new Chain(run);
      const rows = (count: number, status: 'pending' | 'void'): ProjectionChange[] =>
        Array.from({ length: count }, (_, index) => ({
          kind: 'approval',
          row: approvalRow(`apr_${index}`, { status }),
        }));
      const dying = openDynamoStore({ client: dyingAfterTransaction(client), table });
      const first = { ...chain.next(), projections: rows(150, 'pending') };
      await assert.rejects(dynamoAdapters(dying).log.forTenant(tenant).append(first), /died/);
      const { log, projections } = dynamoAdapters(openDynamoStore({ client, table }));
      await log.forTenant(tenant).append({ ...chain.next(), projections: rows(3, 'void') });
      assert.equal((await projections.due(minute(0), 1)).length, 0);
      const mine = projections.forTenant(tenant);
      const statuses = ['apr_2', 'apr_3'].map(async (id) => (await mine.approval(id))?.status);
      assert.deepEqual(await Promise.all(statuses), ['void', 'pending']);
      assert.deepEqual((await projections.tally()).approvals, 147);
    });

    test('rows of more than 4 MB end with a run', async (context) => {
      const { log, projections } = await on(context);
      const details = { text: 'x'.repeat(30_000) };
      const rows = Array.from(
        { length: 140 },
        (_, index): ProjectionChange => ({
          kind: 'approval',
          row: approvalRow(`apr_${index}`, { status: 'void', details }),
        }),
      );
      await log.forTenant(tenant).append({ ...new Chain(run).next(), projections: rows });
      assert.deepEqual((await projections.forTenant(tenant).approval('apr_139'))?.details, details);
    });

    test('an event larger than an item comes back as it was', async (context) => {
      const { log } = await on(context);
      const chain = new Chain(run);
      const noise = `ä${randomBytes(700_000).toString('base64')}`;
      const appends = [chain.next(3), chain.next(1, noise), chain.next(2)];
      for (const append of appends) await log.forTenant(tenant).append(append);
      const all = appends.flatMap(({ events }) => events);
      const read = log.forTenant(tenant);
      assert.deepEqual((await read.read(run, 0)).events, all);
      assert.deepEqual((await read.read(run, 3)).events, all.slice(3));
      assert.deepEqual((await read.read(run, 4)).events, all.slice(4));
    });

    test('of events that share an item, one is erased, two at once', async (context) => {
      const { log, disposal } = await on(context);
      const { events, ...append } = new Chain(run).next(5);
      await log.forTenant(tenant).append({ ...append, events });
      const left = (seq: number) =>
        ({ ...events[seq - 1], salt: '', payload: {} }) as unknown as (typeof events)[number];
      await Promise.all(
        [2, 4].map((seq) =>
          disposal.forTenant(tenant).erase({ run, event: left(seq), projections: [], told: [], blobs: [] }),
        ),
      );
      const wanted = events.map((event) => (event.seq % 2 === 0 ? left(event.seq) : event));
      assert.deepEqual((await log.forTenant(tenant).read(run, 0)).events, wanted);
    });

    test('a snapshot larger than an item is kept, and goes with the next', async (context) => {
      const { log, table } = await on(context);
      const mine = log.forTenant(tenant);
      await mine.append(new Chain(run).next());
      const noise = randomBytes(900_000).toString('base64');
      const state = (seq: number, text: string) => ({ tenant, run, seq, text }) as unknown as RunState;
      await mine.saveSnapshot(state(1, noise));
      assert.deepEqual(await mine.snapshot(run), state(1, noise));
      await mine.saveSnapshot(state(2, 'short'));
      assert.deepEqual(await mine.snapshot(run), state(2, 'short'));
      const store = openDynamoStore({ client, table });
      const keys = await Array.fromAsync(store.keys(tableName(table, logTable)));
      assert.deepEqual(
        keys.filter(({ sk }) => sk.startsWith('snapshot')).map(({ sk }) => sk),
        ['snapshot'],
      );
    });

    test('an append whose answer is lost is sent again and takes effect once', async (context) => {
      const table = await makeTables(context);
      const pauses: number[] = [];
      const store = openDynamoStore({
        client: losingAnAnswer(client),
        table,
        pause: async (milliseconds) => void pauses.push(milliseconds),
      });
      const { log, outbox } = dynamoAdapters(store);
      await log.forTenant(tenant).append(new Chain(run).next());
      assert.equal((await log.forTenant(tenant).read(run, 0)).events.length, 1);
      const losing = openDynamoStore({ client: losingAnAnswer(client), table, pause: async () => {} });
      assert.equal(await dynamoAdapters(losing).outbox.forTenant(tenant).put(delivery(1, 1)), true);
      assert.equal(await outbox.forTenant(tenant).put(delivery(1, 1)), false);
      assert.equal(pauses.length, 1);
    });

    test('tables that are not there, and a server that is not, are named', async () => {
      const lost = openDynamoStore({ client, table: 'tandem-nowhere', pause: async () => {} });
      await assert.rejects(dynamoAdapters(lost).log.forTenant(tenant).head(run), { code: 'store.absent' });
      const nobody = clientOf({ endpoint: 'http://127.0.0.1:9' });
      const alone = openDynamoStore({ client: nobody, table: 'tandem-test', pause: async () => {} });
      await assert.rejects(dynamoAdapters(alone).log.forTenant(tenant).head(run), {
        code: 'store.unavailable',
      });
      nobody.destroy();
    });
  });
}

type Send = (command: { readonly constructor: { readonly name: string } }) => Promise<unknown>;

const sendOf = (client: Client): Send => client.send.bind(client) as unknown as Send;
const asClient = (send: Send): Client => ({ send }) as unknown as Client;

/** Notes the names of the commands that are sent. */
export function counting(client: Client, sent: string[]): Client {
  const send = sendOf(client);
  return asClient((command) => {
    sent.push(command.constructor.name);
    return send(command);
  });
}

/** Of a process that does nothing more after its first transaction. */
function dyingAfterTransaction(client: Client): Client {
  const send = sendOf(client);
  let isDead = false;
  return asClient(async (command) => {
    if (isDead) throw new Error('died');
    isDead = command.constructor.name === 'TransactWriteItemsCommand';
    return send(command);
  });
}

/** Sends everything; the first answer does not arrive. */
function losingAnAnswer(client: Client): Client {
  const send = sendOf(client);
  let isFirst = true;
  return asClient(async (command) => {
    const answer = await send(command);
    if (!isFirst) return answer;
    isFirst = false;
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  });
}
