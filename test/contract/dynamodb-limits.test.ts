import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDynamoDb } from './dynamodb-specifics.ts';
import { dynamoDbUnderTest } from './dynamodb-stores.ts';

const dynamoDb = await dynamoDbUnderTest();

if (typeof dynamoDb === 'string') {
  test(`DynamoDB is not tested here: ${dynamoDb}`, () => {
    assert.notEqual(process.env['CI'], 'true', 'CI tests every adapter.');
  });
} else describeDynamoDb(dynamoDb);
