/**
 * `node scripts/get-dynamodb-local.ts`: gets DynamoDB Local for the contract tests, which do it themselves where Java and
 * Maven are installed. With Docker alone they start its image instead, and nothing is needed.
 */
import { dynamoDbLocalFolder, getDynamoDbLocal, hasJava, hasMaven } from './dynamodb-local.ts';

if (hasJava() && hasMaven()) {
  getDynamoDbLocal();
  console.log(dynamoDbLocalFolder);
} else {
  console.error('DynamoDB Local needs Java 17 or later, and Maven to get it with: or use Docker.');
  process.exitCode = 1;
}
