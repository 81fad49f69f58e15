import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAddress } from './address.ts';

describe('the address of PostgreSQL', () => {
  test('says who comes in where; the connection is encrypted unless it stays here', () => {
    assert.deepEqual(parseAddress('postgres://tandem@db.example/state'), {
      host: 'db.example',
      port: 5432,
      database: 'state',
      user: 'tandem',
      tls: true,
    });
    const local = parseAddress('postgresql://tandem:p%40ss@127.0.0.1:5433/state');
    assert.deepEqual([local.port, local.password, local.tls], [5433, 'p@ss', false]);
    assert.equal(parseAddress('postgres://t@localhost/state?sslmode=verify-full').tls, true);
    assert.equal(parseAddress('postgres://t@db.example/state?sslmode=disable').tls, false);
  });

  test('may be a folder with a socket', () => {
    const { host, tls } = parseAddress('postgres://tandem@localhost/state?host=/run/postgresql');
    assert.deepEqual([host, tls], ['/run/postgresql', false]);
  });

  test('is refused when it is none, without being told again: it may hold a password', () => {
    for (const wrong of [
      'db.example',
      'mysql://tandem:secret@db.example/state',
      'postgres://tandem:secret@db.example',
      'postgres://db.example/state',
      'postgres://tandem:secret@db.example/state?sslmode=require',
    ])
      assert.throws(
        () => parseAddress(wrong),
        (error: Error & { code?: string }) =>
          error.code === 'store.denied' && !error.message.includes('secret'),
        wrong,
      );
  });
});
