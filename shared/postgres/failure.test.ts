import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TandemError } from '../errors/tandem-error.ts';
import { failureOf, type Phase } from './failure.ts';

const server = { host: 'db.example', port: 5432, database: 'state', user: 'tandem' };

/** As the driver passes on what PostgreSQL has answered. */
const answer = (code: string, message = 'so it is') =>
  Object.assign(new Error(message), { severity: 'ERROR', code });

/** As Node tells of the network. */
const network = (code: string) => Object.assign(new Error(code), { code });

const kindOf = (error: unknown, phase: Phase = 'working') => failureOf(error, phase, server).kind;

function finalCode(error: unknown, phase: Phase = 'working'): string {
  const failure = failureOf(error, phase, server);
  assert.equal(failure.kind, 'final');
  assert.ok(failure.error instanceof TandemError);
  return failure.error.code;
}

describe('failures of PostgreSQL', () => {
  test('what PostgreSQL undoes for the sake of others is undone', () => {
    for (const code of ['40001', '40P01', '55P03']) assert.equal(kindOf(answer(code)), 'undone', code);
  });

  test('a session that the server ends is lost, with what was under way', () => {
    for (const code of ['57P01', '57P02', '57P05', '08006']) assert.equal(kindOf(answer(code)), 'lost', code);
  });

  test('a server that takes nobody, or no writes, is absent: nothing has happened', () => {
    for (const code of ['57P03', '53300', '25006']) assert.equal(kindOf(answer(code)), 'absent', code);
    assert.equal(kindOf(answer('08001'), 'connecting'), 'absent');
  });

  test('the network fails before anything is sent, or in the middle of it', () => {
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET'])
      assert.equal(kindOf(network(code), 'connecting'), 'absent', code);
    for (const code of ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
      assert.equal(kindOf(network(code)), 'lost', code);
    assert.equal(kindOf(new Error('Connection terminated unexpectedly')), 'lost');
  });

  test('who is not let in is told so, and by whom', () => {
    for (const code of ['28P01', '28000', '3D000', '42501'])
      assert.equal(finalCode(answer(code), 'connecting'), 'store.denied', code);
    const failure = failureOf(answer('28P01', 'no such password'), 'connecting', server);
    assert.ok(failure.kind === 'final' && failure.error instanceof TandemError);
    assert.match(failure.error.message, /db\.example:5432 does not let tandem into state: no such password/);
    assert.deepEqual(failure.error.details, {
      store: 'postgres',
      host: 'db.example',
      port: 5432,
      code: '28P01',
    });
  });

  test('a certificate that nobody trusts keeps everybody out, without another attempt', () => {
    for (const code of [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ])
      assert.equal(finalCode(network(code), 'connecting'), 'store.denied', code);
  });

  test('what takes too long, or finds no space, has its own name', () => {
    assert.equal(finalCode(answer('57014')), 'store.unavailable');
    assert.equal(finalCode(answer('53100')), 'data.full');
  });

  test('errors of ours, and mistakes of ours, stay what they are', () => {
    const conflict = new TandemError('log.conflict');
    assert.deepEqual(failureOf(conflict, 'working', server), { kind: 'final', error: conflict });
    const mistake = answer('42601');
    assert.deepEqual(failureOf(mistake, 'working', server), { kind: 'final', error: mistake });
  });

  test('of a name with many addresses, the first one counts', () => {
    const all = new AggregateError([network('ECONNREFUSED'), network('EHOSTUNREACH')]);
    assert.equal(kindOf(all, 'connecting'), 'absent');
  });
});
