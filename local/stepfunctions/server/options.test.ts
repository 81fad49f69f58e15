import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { UsageError } from '../../command-line.ts';
import { serverOptions, type Typed } from './options.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-stepfunctions-options-'));
after(() => rmSync(root, { recursive: true, force: true }));

const mocks = join(root, 'mocks.json');
writeFileSync(mocks, JSON.stringify({ StateMachines: {}, MockedResponses: {} }));

test('what is not typed has the values of Step Functions Local, or those of the server', () => {
  assert.deepEqual(serverOptions({}, {}), { port: 8083, account: '000000000000', region: 'us-east-1' });
});

test('everything that is typed is taken', () => {
  const typed = { port: '0', data: 'd', account: '111111111111', region: 'us-gov-west-1', clock: 'virtual' };
  assert.deepEqual(serverOptions(typed, {}), { ...typed, port: 0 });
  assert.equal(serverOptions({ 'retention-days': '7' }, {}).retentionDays, 7);
});

test('the option names the mocks, else the variable', () => {
  assert.ok(serverOptions({}, { SFN_MOCK_CONFIG: mocks }).mocks);
  assert.ok(serverOptions({ 'mock-config': mocks }, { SFN_MOCK_CONFIG: 'none' }).mocks);
  assert.equal(serverOptions({}, { SFN_MOCK_CONFIG: '' }).mocks, undefined);
  assert.throws(
    () => serverOptions({}, { SFN_MOCK_CONFIG: join(root, 'none.json') }),
    (error) =>
      isTandemError(error, 'mocks.invalid') && /none\.json cannot be read \(ENOENT\)$/.test(error.message),
  );
});

test('mocks and a folder do not go together: after a restart tasks would be done in earnest', () => {
  assert.throws(
    () => serverOptions({ data: 'd', 'mock-config': mocks }, {}),
    (error) => error instanceof UsageError && /--data cannot be given with them$/.test(error.message),
  );
});

const refusals: readonly (readonly [Typed, string])[] = [
  [{ port: 'x' }, '--port takes a number from 0 to 65535, not "x"'],
  [{ port: '99999' }, '--port takes a number from 0 to 65535, not "99999"'],
  [{ 'retention-days': '0' }, '--retention-days takes a number of days from 1 to 99999, not "0"'],
  [{ account: '12' }, '--account takes twelve digits, not "12"'],
  [{ region: 'Mars' }, '--region takes a region such as eu-central-1, not "Mars"'],
  [{ clock: 'sun' }, '--clock takes system or virtual, not "sun"'],
  [{ data: '' }, '--data takes the path of a folder, not ""'],
];
for (const [typed, message] of refusals) {
  test(message, () => {
    assert.throws(
      () => serverOptions(typed, {}),
      (error) => error instanceof UsageError && error.message === message,
    );
  });
}
