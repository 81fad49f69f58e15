import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorPrefix, exceptionName, memberName } from './names.ts';

const table = (rows: Readonly<Record<string, string>>, spell: (name: string) => string) => {
  for (const [given, expected] of Object.entries(rows)) assert.equal(spell(given), expected, given);
};

describe('names of the SDK', () => {
  it('are members as the SDK for Java spells them', () => {
    table(
      {
        stateMachineArn: 'StateMachineArn',
        ETag: 'ETag',
        ACL: 'Acl',
        SSEKMSKeyId: 'SsekmsKeyId',
        DBInstanceIdentifier: 'DbInstanceIdentifier',
        ChecksumCRC32: 'ChecksumCRC32',
        MD5OfMessageBody: 'Md5OfMessageBody',
        BOOL: 'Bool',
        S: 'S',
        NULL: 'Nul',
        Bucket: 'Bucket',
      },
      (name) => memberName(name, 'sdk'),
    );
  });

  it('are kept by optimized integrations, but for the first letter', () => {
    table(
      {
        taskArn: 'TaskArn',
        MD5OfMessageBody: 'MD5OfMessageBody',
        enableECSManagedTags: 'EnableECSManagedTags',
        BOOL: 'BOOL',
      },
      (name) => memberName(name, 'optimized'),
    );
  });

  it('begin errors', () => {
    table(
      {
        DynamoDB: 'DynamoDb',
        SFN: 'Sfn',
        S3: 'S3',
        'Secrets Manager': 'SecretsManager',
        KMS: 'Kms',
        EventBridge: 'EventBridge',
        'CloudWatch Logs': 'CloudWatchLogs',
        'API Gateway': 'ApiGateway',
      },
      errorPrefix,
    );
  });

  it('are exceptions', () => {
    table(
      {
        NoSuchKey: 'NoSuchKeyException',
        InvalidToken: 'InvalidTokenException',
        ResourceNotFoundException: 'ResourceNotFoundException',
        DBInstanceNotFoundFault: 'DBInstanceNotFoundException',
      },
      exceptionName,
    );
  });
});
