import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeAgents } from './agents.contract.ts';
import { describeAuditLog } from './audit-log.contract.ts';
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
  const { stores } = dynamoDb;
  describeEventLog('DynamoDB', stores);
  describeProjections('DynamoDB', stores);
  describeAgents('DynamoDB', stores);
  describeAuditLog('DynamoDB', stores);
  describeOutbox('DynamoDB', stores);
  describeWaitTokens('DynamoDB', stores);
  describeDisposal('DynamoDB', stores);
}
