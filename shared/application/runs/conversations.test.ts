import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversations } from './conversations.ts';

test('one step goes by the name of the run, others at the same time by names of their own', () => {
  const conversations = new Conversations();
  const first = conversations.begin('acme', 'run_1');
  const [second, third] = [conversations.begin('acme', 'run_1'), conversations.begin('acme', 'run_1')];
  assert.deepEqual([first.name, first.isPassing], ['run_1', false]);
  assert.equal(new Set([first.name, second.name, third.name]).size, 3);
  assert.deepEqual([second.isPassing, third.isPassing], [true, true]);
  second.end();
  assert.equal(conversations.begin('acme', 'run_1').isPassing, true);
  first.end();
  assert.equal(conversations.begin('acme', 'run_1').name, 'run_1');
});

test('runs and tenants do not disturb each other', () => {
  const conversations = new Conversations();
  conversations.begin('acme', 'run_1');
  assert.equal(conversations.begin('other', 'run_1').isPassing, false);
  assert.equal(conversations.begin('acme', 'run_2').isPassing, false);
});
