import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../memory/virtual-clock.ts';
import { HmacTickets } from './hmac-tickets.ts';

const clock = new VirtualClock();
const tickets = new HmacTickets({ key: Buffer.alloc(32, 1), clock });
const ticket = { tenant: 'acme', run: 'run_1', operation: 3, generation: 2, expiresAt: clock.now() + 1_000 };

test('a ticket says what it was issued for', async () => {
  assert.deepEqual(await tickets.verify(await tickets.issue(ticket)), ticket);
});

test('a ticket is refused once it has expired', async () => {
  const token = await tickets.issue({ ...ticket, expiresAt: clock.now() });
  await assert.rejects(tickets.verify(token), { code: 'auth.invalid', message: /expired/ });
});

test('a ticket with any character changed is refused', async () => {
  const token = await tickets.issue(ticket);
  for (let index = 0; index < token.length; index += 1) {
    const other = token[index] === 'A' ? 'B' : 'A';
    const changed = token.slice(0, index) + other + token.slice(index + 1);
    await assert.rejects(tickets.verify(changed), { code: 'auth.invalid' }, changed);
  }
});

test('a ticket of another issuer, or none at all, is refused', async () => {
  const others = new HmacTickets({ key: Buffer.alloc(32, 2), clock });
  const token = await tickets.issue(ticket);
  for (const text of [
    await others.issue(ticket),
    '',
    '.',
    'a.b',
    `${token}.`,
    `${token}.x`,
    'é.é',
    token.split('.')[0],
  ]) {
    await assert.rejects(tickets.verify(text ?? ''), { code: 'auth.invalid' }, text);
  }
});
