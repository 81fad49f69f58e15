import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { isSignature } from '../../shared/domain/signature.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { Ed25519Signer } from '../../shared/system/ed25519-signer.ts';
import { HmacTickets } from '../../shared/system/hmac-tickets.ts';
import { headKey, signerLater, ticketsLater } from './later.ts';

describe('what is made of a key', () => {
  it('is of Ed25519 for heads, the same for the same 32 bytes', () => {
    const pem = headKey(new Uint8Array(32).fill(7));
    assert.equal(createPublicKey(pem).asymmetricKeyType, 'ed25519');
    assert.equal(pem, headKey(new Uint8Array(32).fill(7)));
    assert.notEqual(pem, headKey(new Uint8Array(32).fill(8)));
  });

  it('signs heads that are verified without a key', async () => {
    let fetched = 0;
    const signer = signerLater(async () => {
      fetched += 1;
      return new Ed25519Signer(headKey(new Uint8Array(32)));
    }, isSignature);
    const signature = await signer.sign('a head');
    assert.deepEqual(
      [signer.verify('a head', signature), signer.verify('another', signature)],
      [true, false],
    );
    assert.equal(fetched, 1);
  });

  it('follows a key that changes', async () => {
    const clock = new VirtualClock();
    let key = new Uint8Array(32).fill(1);
    const tickets = ticketsLater(async () => new HmacTickets({ key, clock }));
    const ticket = {
      tenant: 'acme',
      run: 'run_1',
      operation: 1,
      generation: 1,
      expiresAt: clock.now() + 1_000,
    };
    const token = await tickets.issue(ticket);
    assert.deepEqual(await tickets.verify(token), ticket);
    key = new Uint8Array(32).fill(2);
    await assert.rejects(tickets.verify(token), { code: 'auth.invalid' });
  });
});
