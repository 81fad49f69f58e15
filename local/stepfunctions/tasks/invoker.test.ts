import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServiceFailure } from '../services/service.ts';
import { invoke } from './invoker.ts';

const throwing = (error: unknown) => ({ repeatable: true, invoke: () => Promise.reject(error) });

describe('how the call of a function ends', () => {
  it('is told by the type and the message of what it throws', async () => {
    const said = await invoke(throwing(Object.assign(new Error('no'), { errorType: 'Custom' })), '{}');
    assert.ok(said.kind === 'threw');
    assert.equal(said.error, 'Custom');
    const { errorType, errorMessage } = JSON.parse(said.cause ?? '') as Record<string, string>;
    assert.deepEqual({ errorType, errorMessage }, { errorType: 'Custom', errorMessage: 'no' });
  });

  it('is told as it is by a function elsewhere, whose own words are the cause', async () => {
    const failure = new ServiceFailure({ error: 'Custom', cause: '{"errorType":"Custom"}' });
    assert.deepEqual(await invoke(throwing(failure), '{}'), {
      kind: 'threw',
      error: 'Custom',
      cause: '{"errorType":"Custom"}',
    });
  });
});
