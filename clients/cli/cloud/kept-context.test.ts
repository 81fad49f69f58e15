import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contextWords, readContext } from '../../../infra/stages/context.ts';
import { UsageError } from '../usage-error.ts';
import { keepContext } from './kept-context.ts';

const deployed = 'gpu=on stateStore=dynamodb tasks=on tenants=acme,globex';

describe('what a deployment is given', () => {
  it('the first time, is what was typed', () => {
    assert.deepEqual(keepContext('dev', ['tasks=on', 'tenants=a'], ''), {
      context: ['tasks=on', 'tenants=a'],
      kept: [],
    });
  });

  it('after that, is what the one before was given, where nothing else is said', () => {
    assert.deepEqual(keepContext('dev', [], deployed), {
      context: ['gpu=on', 'stateStore=dynamodb', 'tasks=on', 'tenants=acme,globex'],
      kept: ['gpu=on', 'stateStore=dynamodb', 'tasks=on', 'tenants=acme,globex'],
    });
    assert.deepEqual(keepContext('dev', ['tasks=off', 'tenants=acme'], deployed), {
      context: ['tasks=off', 'tenants=acme', 'stateStore=dynamodb'],
      kept: ['stateStore=dynamodb'],
    });
  });

  it('leaves out what is left empty', () => {
    const { context } = keepContext('dev', ['tenants='], deployed);
    assert.deepEqual(context, ['gpu=on', 'stateStore=dynamodb', 'tasks=on']);
    assert.deepEqual(keepContext('dev', ['tasks=', 'tenants='], deployed).context, ['stateStore=dynamodb']);
  });

  it('is never another store than the one that has the data', () => {
    const another = () => keepContext('prod', ['stateStore=aurora'], deployed);
    assert.throws(another, { code: 'deployment.invalid', message: /prod has its data in dynamodb/ });
    assert.deepEqual(keepContext('prod', ['stateStore=aurora'], '').context, ['stateStore=aurora']);
    assert.ok(keepContext('prod', ['stateStore=dynamodb'], deployed).context.includes('stateStore=dynamodb'));
  });

  it('is all of it, where the one before does not say what it was given', () => {
    const forgotten = () => keepContext('prod', ['tasks=on'], undefined);
    assert.throws(forgotten, { code: 'deployment.invalid', message: /say all of it this once/ });
    const { context } = keepContext('prod', ['tasks=on', 'stateStore=aurora'], undefined);
    assert.deepEqual(context, ['tasks=on', 'stateStore=aurora']);
  });

  it('is a key and a value each, and not where to deploy or what', () => {
    for (const word of ['tasks', '=on', 'stage=prod', 'region=eu-west-1', 'account=123456789012'])
      assert.throws(() => keepContext('dev', [word], ''), UsageError, word);
  });

  it('is read as it was written', () => {
    const given = {
      stateStore: 'aurora',
      tasks: 'on',
      gpu: 'on',
      firewall: 'off',
      tenants: 'acme,globex',
      alarmEmail: 'ops@example.com',
    };
    const where = { stage: 'prod', account: '123456789012', region: 'eu-west-1' };
    const { context } = keepContext('prod', [], contextWords(readContext({ ...given, ...where })));
    assert.deepEqual(Object.fromEntries(context.map((word) => word.split('='))), given);
  });
});
