import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readContext } from './check-context.ts';

const refusal = (context: unknown): string => {
  try {
    readContext(typeof context === 'string' ? context : JSON.stringify(context));
    return 'accepted';
  } catch (error) {
    return (error as Error).message.replace('Invalid Context object provided: ', '');
  }
};

test('a context may hold what the service puts into one, or nothing', () => {
  const whole = {
    Execution: { Id: 'arn', Input: [1], Name: 'n', RoleArn: 'r', StartTime: '2025-01-15T10:30:00.000Z' },
    State: { EnteredTime: '2025-01-15T10:30:01.500Z', Name: 's', RetryCount: 0 },
    StateMachine: { Id: 'arn', Name: 'm' },
    Task: { Token: 'abcd123' },
    Map: { Item: { Index: 0, Value: { any: 1 } } },
  };
  assert.deepEqual(readContext(JSON.stringify(whole)), whole);
  assert.deepEqual(readContext('{}'), {});
  assert.deepEqual(readContext('{"Execution":{}}'), { Execution: {} });
});

test('anything else is refused, naming the field', () => {
  assert.equal(refusal({ Pokedex: {} }), "Field 'Pokedex' is not allowed");
  assert.equal(refusal({ Execution: { Id: 1 } }), 'Execution.Id must be a string');
  assert.equal(refusal({ State: { RetryCount: '1' } }), 'State.RetryCount must be a number');
  assert.equal(refusal({ Map: { Item: { Index: [] } } }), 'Map.Item.Index must be a number');
  assert.equal(refusal({ Execution: [] }), 'Execution must be an object');
  assert.equal(refusal({ Execution: { Extra: 1 } }), "Field 'Execution.Extra' is not allowed");
  assert.equal(refusal('{"__proto__": {}}'), "Field '__proto__' is not allowed");
  assert.equal(refusal('{"Execution": {"constructor": {}}}'), "Field 'Execution.constructor' is not allowed");
  assert.equal(refusal('[]'), 'Context object must be a JSON object');
  assert.equal(refusal('{'), 'Context object must be valid JSON');
});
