import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { VirtualClock } from '../../memory/virtual-clock.ts';
import { SecretKeys } from './secret-keys.ts';

function open(answer: (read: number) => unknown) {
  const clock = new VirtualClock();
  let reads = 0;
  const send = async () => {
    reads += 1;
    return answer(reads);
  };
  const keys = new SecretKeys({ client: { send } as unknown as SecretsManagerClient, clock });
  return { clock, keys, reads: () => reads };
}

const text = (letter: string) => ({ SecretString: letter.repeat(32) });
const hex = async (key: () => Promise<Uint8Array>) => Buffer.from(await key()).toString('hex');

const refused = () => {
  throw Object.assign(new Error('Slow down.'), { name: 'ThrottlingException' });
};

describe('keys from secrets', () => {
  it('are 32 bytes, the same for the same text, and another for each purpose and text', async () => {
    const one = open(() => text('a')).keys;
    const same = open(() => text('a')).keys;
    const other = open(() => text('b')).keys;
    const tickets = await hex(one.key('s', 'tickets'));
    assert.match(tickets, /^[0-9a-f]{64}$/);
    assert.equal(await hex(same.key('s', 'tickets')), tickets);
    const all = [tickets, await hex(one.key('s', 'heads')), await hex(one.key('s', 'webhooks'))];
    assert.equal(new Set([...all, await hex(other.key('s', 'tickets'))]).size, 4);
  });

  it('are read once, also by many at the same time, and again after ten minutes', async () => {
    const { clock, keys, reads } = open((read) => text(read === 1 ? 'a' : 'b'));
    const key = keys.key('s', 'tickets');
    const [first, again] = await Promise.all([hex(key), hex(keys.key('s', 'tickets'))]);
    assert.deepEqual([again, reads()], [first, 1]);
    clock.advance(599_999);
    assert.equal(await hex(key), first);
    clock.advance(1);
    assert.notEqual(await hex(key), first);
    assert.equal(reads(), 2);
  });

  it('stand while the secret cannot be read again', async () => {
    const { clock, keys } = open((read) => (read === 1 ? text('a') : refused()));
    const key = keys.key('s', 'tickets');
    const first = await hex(key);
    clock.advance(3_600_000);
    assert.equal(await hex(key), first);
  });

  it('are asked for again after a failure', async () => {
    const { keys } = open((read) => (read === 1 ? refused() : text('a')));
    const key = keys.key('s', 'tickets');
    await assert.rejects(key(), { code: 'cloud.unavailable' });
    assert.equal((await key()).byteLength, 32);
  });

  it('are not made from what can be guessed', async () => {
    for (const SecretString of ['short', undefined]) {
      const { keys } = open(() => ({ SecretString }));
      await assert.rejects(keys.key('s', 'heads')(), { code: 'cloud.absent', message: /secret s holds no/ });
    }
  });
});
