import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoConnections } from '../../shared/aws/dynamodb/connections.ts';
import { openDynamoStore } from '../../shared/aws/dynamodb/store.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { describeConnections } from './connections.contract.ts';
import { dynamoDbUnderTest } from './dynamodb-stores.ts';

const dynamoDb = await dynamoDbUnderTest();

if (typeof dynamoDb === 'string') {
  test(`DynamoDB is not tested here: ${dynamoDb}`, () => {
    assert.notEqual(process.env['CI'], 'true', 'CI tests every adapter.');
  });
} else {
  const { client, makeTables } = dynamoDb;
  describeConnections('DynamoDB', async (context) => {
    const clock = new VirtualClock();
    const store = openDynamoStore({ client, table: await makeTables(context), now: () => clock.now() });
    return { connections: new DynamoConnections(store), clock };
  });
}
