import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { once } from './once.ts';
import { clientSettings } from './settings.ts';

/** The client of DynamoDB, one a process. */
export const dynamoDbClient = once(() => new DynamoDBClient(clientSettings));
