import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamPassword } from './iam.ts';

const server = { host: 'db.example', port: 5432, database: 'state', user: 'tandem' };

test('the password is a token for this user at this host, signed with the credentials of the process', async (context) => {
  const before = { ...process.env };
  context.after(() => {
    process.env = before;
  });
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-west-1',
  });
  const token = new URL(`https://${await iamPassword(server)()}`);
  assert.equal(token.host, 'db.example:5432');
  assert.equal(token.searchParams.get('DBUser'), 'tandem');
  assert.match(token.searchParams.get('X-Amz-Credential') ?? '', /^AKIDEXAMPLE\/\d+\/eu-west-1\/rds-db\//);
});
