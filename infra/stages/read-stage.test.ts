import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { readContext } from './context.ts';
import { readStage } from './read-stage.ts';

const read = (given: Readonly<Record<string, unknown>>, found = {}) => readStage(readContext(given), found);

const refuses = (given: Readonly<Record<string, unknown>>, says: RegExp, found = {}) =>
  assert.throws(
    () => read(given, found),
    (error) => isTandemError(error, 'deployment.invalid') && says.test(error.message),
  );

describe('the stage of a deployment', () => {
  it('has the settings of dev under any name but prod and twin', () => {
    const { name, ...settings } = read({ stage: 'ann' });
    const { name: dev, ...ofDev } = read({ stage: 'dev' });
    assert.deepEqual([name, dev, settings], ['ann', 'dev', ofDev]);
  });

  it('keeps data in prod, and costs nothing at rest beyond keys in dev', () => {
    assert.equal(read({ stage: 'prod' }).keepsData, true);
    const dev = read({ stage: 'dev' });
    assert.deepEqual(
      [dev.keepsData, dev.firewall, dev.tasks, dev.store, dev.alarms],
      [false, undefined, undefined, 'dynamodb', 'few'],
    );
  });

  it('is changed by context', () => {
    const stage = read({
      stage: 'prod',
      stateStore: 'aurora',
      tasks: 'on',
      gpu: 'on',
      firewall: 'off',
      tenants: 'acme,globex,acme',
      alarmEmail: 'ops@example.com',
    });
    assert.deepEqual(stage.tasks, { gpu: true });
    assert.deepEqual([stage.store, stage.firewall, stage.tenants], ['aurora', undefined, ['acme', 'globex']]);
    assert.equal(stage.alarmEmail, 'ops@example.com');
    assert.equal(read({ stage: 'dev', firewall: 'on' }).firewall, 10_000);
  });

  it('is in the account that was given, or found', () => {
    const found = { account: '210987654321', region: 'eu-west-1' };
    const { account, region } = read({ stage: 'dev' }, found);
    assert.deepEqual({ account, region }, found);
    assert.equal(read({ stage: 'dev', account: '123456789012' }, found).account, '123456789012');
    assert.equal(read({ stage: 'dev' }).account, undefined);
  });

  it('has to be named', () => {
    refuses({}, /No stage was given: say `-c stage=dev`/);
    refuses({ stage: 'x' }, /`-c stage=` takes dev, prod, twin/);
    refuses({ stage: 'No Stage' }, /`-c stage=` takes dev, prod, twin/);
  });

  it('is refused with context that does not exist, has a wrong value, or does not go together', () => {
    refuses({ stage: 'dev', stage_: 'x' }, /no context key stage_; there are stage, account, region/);
    refuses({ stage: 'dev', stateStore: 'mysql' }, /`-c stateStore=` takes dynamodb or aurora/);
    refuses({ stage: 'dev', tenants: 'Acme' }, /`-c tenants=` takes names of at most 18 tenants/);
    const many = Array.from({ length: 19 }, (_, index) => `t${index}`).join(',');
    refuses({ stage: 'dev', tenants: many }, /at most 18 tenants/);
    refuses({ stage: 'dev', gpu: 'on' }, /say `-c tasks=on -c gpu=on`/);
    refuses({ stage: 'dev', account: '123456789012' }, /no region: add `-c region=/);
    refuses({ stage: 'twin', tasks: 'on' }, /twin takes no `-c tasks=`/);
  });

  it('is refused in a region without what it needs', () => {
    const inRegion = (region: string) => ({ account: '123456789012', region });
    for (const region of ['ap-southeast-6', 'cn-north-1', 'us-gov-west-1']) {
      refuses({ stage: 'dev' }, new RegExp(`^${region} has no Lambda .* \`-c region=\``), inRegion(region));
    }
    assert.equal(read({ stage: 'dev' }, inRegion('eu-central-1')).region, 'eu-central-1');
  });

  it('leaves the context of CDK itself alone', () => {
    const ofCdk = { '@aws-cdk/core:x': true, 'aws:cdk:enable-path-metadata': true, 'cli-telemetry': true };
    assert.deepEqual(readContext({ stage: 'dev', ...ofCdk }), { stage: 'dev' });
  });
});
