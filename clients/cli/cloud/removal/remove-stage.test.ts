import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { isTandemError } from '../../../../shared/errors/tandem-error.ts';
import { FakeAccount } from '../../testing/fake-account.ts';
import { findStage, removeStage } from './remove-stage.ts';

const where = { account: '123456789012', region: 'eu-central-1' };

const resource = (type: string, id: string, more = {}) => ({ type: `AWS::${type}`, id, ...more });
const kept = (type: string, id: string) => resource(type, id, { keeps: true });

/** A stage that goes without a trace. */
function dev(): FakeAccount {
  const account = new FakeAccount();
  account.addStack('tandem-dev-data', [
    resource('S3::Bucket', 'tandem-dev-blobs'),
    resource('KMS::Key', 'k1'),
  ]);
  account.addStack('tandem-dev-api', [
    resource('ApiGateway::RestApi', 'abc'),
    resource('Logs::LogGroup', '/tandem/dev/health'),
  ]);
  account.addStack('tandem-dev-2-data', [resource('S3::Bucket', 'tandem-dev-2-blobs')]);
  account.logs.add('API-Gateway-Execution-Logs_abc/dev');
  account.logs.add('API-Gateway-Execution-Logs_xyz/dev-2');
  return account;
}

/** A stage that keeps what it holds, on a database, protected. */
function prod({ isProtected = true } = {}): FakeAccount {
  const account = new FakeAccount();
  account.addStack('tandem-prod-network', [], { isProtected });
  account.addStack(
    'tandem-prod-data',
    [
      kept('KMS::Key', 'k2'),
      { ...kept('S3::Bucket', 'tandem-prod-blobs') },
      { ...kept('DynamoDB::Table', 'tandem-prod-log'), isProtected: true },
      { ...kept('RDS::DBCluster', 'tandem-prod-store'), isProtected: true },
      kept('RDS::DBInstance', 'tandem-prod-writer'),
    ],
    { isProtected },
  );
  account.addStack('tandem-prod-identity', [{ ...kept('Cognito::UserPool', 'pool'), isProtected: true }], {
    isProtected,
  });
  account.addStack('tandem-prod-api', [kept('Logs::LogGroup', '/tandem/prod/health')], { isProtected });
  return account;
}

async function remove(account: FakeAccount, stage: string, deletesData = false) {
  const { aws } = account;
  const standing = await findStage(aws, { stage, ...where });
  return removeStage(aws, standing, { deletesData, onStep: () => {}, onRemoved: () => {} });
}

describe('the removal of a stage', () => {
  it('leaves nothing of one that keeps nothing, and touches no other', async () => {
    const account = dev();
    const stays = await remove(account, 'dev');
    assert.deepEqual(account.done, [
      'delete tandem-dev-api',
      'empty tandem-dev-blobs',
      'delete tandem-dev-data',
    ]);
    assert.deepEqual([...account.there], ['tandem-dev-2-blobs']);
    assert.deepEqual([...account.logs], ['API-Gateway-Execution-Logs_xyz/dev-2']);
    assert.deepEqual(
      stays.map(({ what }) => what.replace(/[,:].*/, '')),
      ['key k1', 'the role by which API Gateway writes logs', 'CDKToolkit'],
    );
  });

  it('keeps what the stage keeps, bucket and all, and says what that costs', async () => {
    const account = prod({ isProtected: false });
    const stays = await remove(account, 'prod');
    assert.equal(account.buckets.get('tandem-prod-blobs')?.length, 2);
    assert.deepEqual([...account.there].toSorted(), [
      '/tandem/prod/health',
      'k2',
      'pool',
      'tandem-prod-blobs',
      'tandem-prod-log',
      'tandem-prod-store',
      'tandem-prod-writer',
    ]);
    const said = stays.map(({ what, costs }) => `${what}: ${costs}`).join('\n');
    assert.match(said, /^table tandem-prod-log: \$0\.45 a month for each GB/m);
    assert.match(said, /^key k2: \$1 a month$/m);
    assert.match(said, /^log \/tandem\/prod\/health: /m);
  });

  it('removes everything that is kept when told to, lifting what protects it, the database before its network', async () => {
    const account = prod();
    await remove(account, 'prod', true);
    assert.deepEqual([[...account.there], [...account.logs]], [[], []]);
    const at = (what: string) => account.done.indexOf(what);
    assert.ok(at('remove tandem-prod-writer') < at('remove tandem-prod-store'));
    assert.ok(at('remove tandem-prod-store') < at('delete tandem-prod-data'));
    assert.ok(at('delete tandem-prod-data') < at('delete tandem-prod-network'));
    assert.ok(
      account.done.includes('change pool [{"op":"add","path":"/DeletionProtection","value":"INACTIVE"}]'),
    );
  });

  it('goes on after a failure, which names what is in the way', async () => {
    const account = prod();
    const stuck = { ...kept('Logs::LogGroup', 'x'), stuck: 'Rate exceeded' } as { stuck?: string };
    account.addStack('tandem-prod-execution', [stuck as never], { isProtected: true });
    await assert.rejects(remove(account, 'prod', true), (error) => {
      assert.ok(isTandemError(error, 'stage.failed'), String(error));
      assert.match(
        error.message,
        /^tandem-prod-execution was not removed: x \(AWS::Logs::LogGroup\): Rate exceeded/,
      );
      return true;
    });
    delete stuck.stuck;
    await remove(account, 'prod', true);
    assert.deepEqual([...account.there], []);
  });

  it('waits for what a call that was cut off has begun, and lifts no protection that is off already', async () => {
    const account = prod();
    account.addStack('tandem-prod-observability', [kept('DynamoDB::Table', 'unprotected')]);
    account.beginRemoval('tandem-prod-store');
    account.beginRemoval('tandem-prod-writer');
    await remove(account, 'prod', true);
    assert.deepEqual([...account.there], []);
    const ofDatabase = account.done.filter((what) => /tandem-prod-(?:store|writer)/.test(what));
    assert.deepEqual(ofDatabase, ['end of removal tandem-prod-writer', 'end of removal tandem-prod-store']);
    assert.deepEqual(
      account.done.filter((what) => what.includes(' unprotected')),
      ['remove unprotected'],
    );
  });

  it('removes what was left by stacks that are gone', async () => {
    const account = prod({ isProtected: false });
    await remove(account, 'prod');
    await remove(account, 'prod', true);
    assert.deepEqual([...account.there], []);
    assert.equal(account.buckets.get('tandem-prod-blobs')?.length, 0);
  });

  it('is refused, and begins nothing, where a stack that is called as one of the stage is not tagged so', async () => {
    const account = dev();
    account.addStack('tandem-dev-execution', [resource('S3::Bucket', 'theirs')], { isTagged: false });
    await assert.rejects(remove(account, 'dev', true), (error) => {
      assert.ok(isTandemError(error, 'stage.failed'), String(error));
      assert.match(error.message, /^tandem-dev-execution: no tag tandem:stage=dev, .* remove it yourself/);
      return true;
    });
    assert.deepEqual(account.done, []);
    assert.equal(account.buckets.get('theirs')?.length, 2);
  });

  it('leaves alone what a stack of that name has left behind that was none of the stage', async () => {
    const account = prod({ isProtected: false });
    await remove(account, 'prod');
    account.addStack('tandem-prod-execution', [kept('S3::Bucket', 'theirs')], { isTagged: false });
    await account.aws.stacks.send(new DeleteStackCommand({ StackName: 'tandem-prod-execution' }));
    await remove(account, 'prod', true);
    assert.deepEqual([...account.there], ['theirs']);
    assert.equal(account.buckets.get('theirs')?.length, 2);
  });

  it('leaves alone, and names, what another stack has taken over since', async () => {
    const account = prod({ isProtected: false });
    await remove(account, 'prod');
    account.addStack('archive', [kept('S3::Bucket', 'tandem-prod-blobs')]);
    const stays = await remove(account, 'prod', true);
    assert.deepEqual([...account.there], ['tandem-prod-blobs']);
    assert.equal(account.buckets.get('tandem-prod-blobs')?.length, 2);
    assert.equal(stays[0]?.what, "tandem-prod-blobs, which is stack archive's now");
  });

  it('is refused where there was no such stage', async () => {
    await assert.rejects(remove(dev(), 'prod'), (error) => isTandemError(error, 'stage.absent'));
  });
});
