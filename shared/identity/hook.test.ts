import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTandemError } from '../errors/tandem-error.ts';
import { type HostVerify, hostHook } from './hook.ts';

const hook = (verify: HostVerify) => hostHook({ verify, timeoutMs: 50 });
const unavailable = (error: unknown) => isTandemError(error, 'auth.unavailable');
const ada = { tenant: 'acme', subject: 'ada', roles: ['user'] as const };

test('the host is asked with the token and the header fields, names in lower case', async () => {
  const asked: unknown[] = [];
  const { verify, recognise } = hook((request) => {
    asked.push(request);
    return ada;
  });
  assert.deepEqual(await verify('t', { 'X-User': 'ada' }), ada);
  assert.deepEqual(await recognise({ 'X-User': 'ada' }), ada);
  assert.deepEqual(asked, [{ token: 't', headers: { 'x-user': 'ada' } }, { headers: { 'x-user': 'ada' } }]);
});

test('no answer is a refusal', async () => {
  for (const nothing of [undefined, null]) {
    const { verify, recognise } = hook(async () => nothing);
    await assert.rejects(verify('t', {}), (error) => isTandemError(error, 'auth.invalid'));
    assert.equal(await recognise({}), undefined);
  }
});

const rubbish: Readonly<Record<string, unknown>> = {
  'a yes': true,
  'a text': 'ada',
  'a list': [ada],
  'no tenant': { ...ada, tenant: undefined },
  'a tenant that is a path': { ...ada, tenant: '../acme' },
  'the name that stands for no tenant': { ...ada, tenant: 'platform' },
  'no subject': { ...ada, subject: '' },
  'a role nobody knows': { ...ada, roles: ['root'] },
  'roles as a text': { ...ada, roles: 'admin' },
  'more than a principal has': { ...ada, sudo: true },
};
for (const [what, answer] of Object.entries(rubbish)) {
  test(`an answer that is no principal lets nobody in: ${what}`, async () => {
    await assert.rejects(hook(() => answer).verify('t', {}), unavailable);
    await assert.rejects(hook(() => answer).recognise({}), unavailable);
  });
}

test('a hook that throws, rejects or hangs lets nobody in', async () => {
  const faulty: HostVerify[] = [
    () => {
      throw new Error('secret of the host');
    },
    () => Promise.reject(new Error('secret of the host')),
    () => Promise.reject('not even an error'),
    () => new Promise(() => {}),
  ];
  for (const verify of faulty) {
    await assert.rejects(hook(verify).verify('t', {}), (error: Error) => {
      assert.doesNotMatch(error.message, /secret/);
      return unavailable(error);
    });
  }
});
