import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingError } from '../../errors/setting-error.ts';
import { readSettings, unknownSettings } from './read-settings.ts';

const refusal = (message: string) => (error: unknown) =>
  error instanceof SettingError && error.message === message;

test('each reader gets what it reads, as the type it has', () => {
  const env = { TANDEM_PORT: '4500', TANDEM_LOG_LEVEL: 'DEBUG', TANDEM_TOKEN: 't', PATH: '/bin' };
  const settings = readSettings('server', env);
  assert.deepEqual([settings.TANDEM_PORT, settings.TANDEM_LOG_LEVEL], [4500, 'debug']);
  // The server reads no token, and no line of it may ask for one: else this is no `true`.
  const isUnasked: 'TANDEM_TOKEN' extends keyof typeof settings ? never : true = true;
  assert.deepEqual([isUnasked, Object.keys(settings).includes('TANDEM_TOKEN')], [true, false]);
  assert.equal(readSettings('command line', env).TANDEM_TOKEN, 't');
});

test('what was typed wins, whatever the variable holds', () => {
  assert.equal(readSettings('server', { TANDEM_PORT: 'nonsense' }, { port: '1' }).TANDEM_PORT, 1);
  assert.equal(readSettings('server', { TANDEM_PORT: '1' }, { port: undefined }).TANDEM_PORT, 1);
});

test('an empty variable is one that is not set; an empty option is refused', () => {
  assert.equal(readSettings('server', { TANDEM_DATA: '' }).TANDEM_DATA, undefined);
  assert.throws(
    () => readSettings('server', {}, { data: '' }),
    refusal('--data takes the path of a folder, not ""'),
  );
});

test('a bad value is named with what was given and what is expected', () => {
  for (const given of ['abc', '-1', '65536', '1e3', ' 80', '0x50', '4400.5', '123456789'])
    assert.throws(
      () => readSettings('server', { TANDEM_PORT: given }),
      refusal(`TANDEM_PORT takes a number from 0 to 65535, not ${JSON.stringify(given)}`),
    );
  for (const given of ['loud', 'constructor', '__proto__'])
    assert.throws(
      () => readSettings('server', { TANDEM_LOG_LEVEL: given }),
      /TANDEM_LOG_LEVEL takes debug, info/,
    );
  for (const given of ['foo', 'localhost:4400', 'file:///etc', 'http://'])
    assert.throws(
      () => readSettings('command line', { TANDEM_URL: given }),
      /TANDEM_URL takes an address like/,
    );
});

test('what is shown of a bad value is short and moves no cursor', () => {
  assert.throws(
    () => readSettings('server', { TANDEM_PORT: `\u001b[2J${'9'.repeat(10_000)}` }),
    ({ message }: Error) => message.length < 200 && message.includes('\\u001b[2J'),
  );
});

test('a secret is never shown', () => {
  assert.throws(
    () => readSettings('command line', { TANDEM_TOKEN: 'two words' }),
    refusal('TANDEM_TOKEN takes a token without blanks; what it holds is not shown'),
  );
});

test('a variable that means nothing is told, with the nearest name and without its value', () => {
  const env = {
    TANDEM_TOKN: 'secret',
    TANDEM_PORT: '1',
    Tandem_Port: '1',
    TANDEM_ELSEWHERE: 'x',
    tandem: 'y',
  };
  assert.deepEqual(unknownSettings(env), [
    'TANDEM_TOKN is set and means nothing; did you mean TANDEM_TOKEN?',
    'Tandem_Port is set and means nothing; did you mean TANDEM_PORT?',
    'TANDEM_ELSEWHERE is set and means nothing',
  ]);
});
