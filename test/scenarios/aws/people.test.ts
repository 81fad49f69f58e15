import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { operator, stranger } from '../callers.ts';
import { People } from './people.ts';

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Readonly<Record<string, unknown>>;
}

/** A user pool as far as it is asked, and what it was asked for. */
function pool(there: readonly string[] = []) {
  const users = new Set(there);
  const asked: string[] = [];
  let refusals = 0;
  const send = async (command: Command): Promise<object> => {
    const { input } = command;
    const kind = command.constructor.name;
    const name = String(input['Username'] ?? '');
    asked.push(kind);
    switch (kind) {
      case 'AdminCreateUserCommand':
        if (users.has(name))
          throw Object.assign(new Error('There is one'), { name: 'UsernameExistsException' });
        users.add(name);
        return {};
      case 'AdminDeleteUserCommand':
        users.delete(name);
        return {};
      case 'AdminInitiateAuthCommand':
        if (refusals-- > 0) throw new Error('Too many');
        return { AuthenticationResult: { AccessToken: `token ${asked.length}` } };
      default:
        return {};
    }
  };
  const outputs = {
    issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x',
    commandLineClient: 'c',
    platformClient: 'p',
  };
  const client = { send } as unknown as Pick<CognitoIdentityProviderClient, 'send'>;
  const refuse = (times: number) => {
    refusals = times;
  };
  return { users, asked, refuse, people: new People(outputs, client) };
}

describe('people of the tests in a user pool', () => {
  it('are made once, sign in once, and are gone at the end', async () => {
    const { people, users, asked } = pool();
    assert.equal(await people.token(operator), await people.token(operator));
    assert.notEqual(await people.token(stranger), await people.token(operator));
    assert.equal(users.size, 2);
    assert.equal(asked.filter((name) => name === 'AdminInitiateAuthCommand').length, 2);
    await people[Symbol.asyncDispose]();
    assert.equal(users.size, 0);
  });

  it('that a run before has left are taken over, and are gone at the end as well', async () => {
    const before = pool();
    await before.people.token(operator);
    const { people, users } = pool([...before.users]);
    await people.token(operator);
    assert.equal(users.size, 1);
    await people[Symbol.asyncDispose]();
    assert.equal(users.size, 0);
  });

  it('who could not sign in may try again', async () => {
    const { people, refuse } = pool();
    refuse(1);
    await assert.rejects(people.token(operator), /Too many/);
    assert.match(await people.token(operator), /^token/);
  });
});
