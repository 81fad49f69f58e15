import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { keepContext } from './kept-context.ts';

const deployed = 'stateStore=dynamodb tasks=on tenants=acme,globex';

describe('what a deployment is given', () => {
  it('the first time, is what was typed', () => {
    assert.deepEqual(keepContext('dev', ['tasks=on', 'tenants=a']), {
      context: ['tasks=on', 'tenants=a'],
      kept: [],
    });
  });

  it('after that, is what the one before was given, where nothing else is said', () => {
    assert.deepEqual(keepContext('dev', [], deployed), {
      context: ['stateStore=dynamodb', 'tasks=on', 'tenants=acme,globex'],
      kept: ['stateStore=dynamodb', 'tasks=on', 'tenants=acme,globex'],
    });
    assert.deepEqual(keepContext('dev', ['tasks=off', 'gpu=off', 'tenants=acme'], deployed), {
      context: ['tasks=off', 'gpu=off', 'tenants=acme', 'stateStore=dynamodb'],
      kept: ['stateStore=dynamodb'],
    });
  });

  it('leaves out what is left empty', () => {
    const { context } = keepContext('dev', ['tenants='], deployed);
    assert.deepEqual(context, ['stateStore=dynamodb', 'tasks=on']);
  });

  it('is never another store than the one that has the data', () => {
    const another = () => keepContext('prod', ['stateStore=aurora'], deployed);
    assert.throws(another, { code: 'deployment.invalid', message: /prod has its data in dynamodb/ });
    assert.deepEqual(keepContext('prod', ['stateStore=aurora']).context, ['stateStore=aurora']);
    assert.ok(keepContext('prod', ['stateStore=dynamodb'], deployed).context.includes('stateStore=dynamodb'));
  });

  it('is a key and a value each', () => {
    assert.throws(() => keepContext('dev', ['tasks']), UsageError);
    assert.throws(() => keepContext('dev', ['=on']), UsageError);
  });
});
