import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoBlobs } from '../../shared/aws/dynamodb/blobs.ts';
import { openDynamoStore } from '../../shared/aws/dynamodb/store.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { describeAgents } from './agents.contract.ts';
import { describeAuditLog } from './audit-log.contract.ts';
import { type BlobsUnderTest, describeBlobs } from './blobs.contract.ts';
import { describeDisposal } from './disposal.contract.ts';
import { dynamoDbUnderTest } from './dynamodb-stores.ts';
import { describeEventLog } from './event-log.contract.ts';
import { describeOutbox } from './outbox.contract.ts';
import { describeProjections } from './projections.contract.ts';
import { describeWaitTokens } from './wait-tokens.contract.ts';

// In one file, so that they share one DynamoDB Local.
const dynamoDb = await dynamoDbUnderTest();

if (typeof dynamoDb === 'string') {
  test(`DynamoDB is not tested here: ${dynamoDb}`, () => {
    assert.notEqual(process.env['CI'], 'true', 'CI tests every adapter.');
  });
} else {
  const { client, makeTables, stores } = dynamoDb;

  /** As if whatever was stored had been stored long ago. */
  const openBlobs = (table: string, disk: MemoryDisk): BlobsUnderTest => {
    const larger = new MemoryBlobs(disk.open());
    const ages = { fresh: 0, kept: 0 };
    return {
      blobs: new DynamoBlobs(openDynamoStore({ client, table }), { larger, ages }),
      damage: async (tenant, digest) => {
        disk.tenant(tenant).blobs.get(digest)?.fill(0);
        const key = { pk: { S: `blob#${tenant}#${digest}` }, sk: { S: 'blob' } };
        const Item = { ...key, bytes: { B: new Uint8Array(5) }, storedAt: { N: '0' } };
        await client.send(new PutItemCommand({ TableName: `${table}-log`, Item }));
      },
      reopen: async () => openBlobs(table, disk),
    };
  };

  describeBlobs('small ones in DynamoDB', async (context) =>
    openBlobs(await makeTables(context), new MemoryDisk()),
  );

  test('blobs: a small one that somebody has stored again is not removed, and its address leads to a copy', async (context) => {
    const table = await makeTables(context);
    let now = Date.parse('2026-01-01T00:00:00.000Z');
    const open = () => {
      const store = openDynamoStore({ client, table, now: () => now });
      return new DynamoBlobs(store, { larger }).forTenant('acme');
    };
    const larger = new MemoryBlobs(new MemoryDisk().open());
    const [one, other] = [open(), open()];
    const { blob } = await one.put(Buffer.from('shared'));
    assert.equal(await larger.forTenant('acme').get(blob), undefined);
    assert.equal(await other.remove(blob, () => false), false, 'stored just now');
    now += 25 * 3_600_000;
    await one.put(Buffer.from('shared'));
    assert.equal(await other.remove(blob, () => false), false, 'stored again just now');
    now += 25 * 3_600_000;
    assert.equal(await one.size(blob), 6);
    assert.equal(await other.remove(blob, () => false), false, 'relied on just now');
    await other.signedUrl(blob, { method: 'GET', expiresIn: 60 });
    assert.equal(Buffer.from((await larger.forTenant('acme').get(blob)) ?? []).toString(), 'shared');
    now += 25 * 3_600_000;
    assert.equal(await other.remove(blob, () => true), false, 'wanted');
    assert.equal(await other.remove(blob, () => false), true);
    assert.equal(await one.get(blob), undefined);
  });
  describeEventLog('DynamoDB', stores);
  describeProjections('DynamoDB', stores);
  describeAgents('DynamoDB', stores);
  describeAuditLog('DynamoDB', stores);
  describeOutbox('DynamoDB', stores);
  describeWaitTokens('DynamoDB', stores);
  describeDisposal('DynamoDB', stores);
}
