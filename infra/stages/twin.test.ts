import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { aboutSetting, settingNames } from '../../shared/protocol/environment/read-settings.ts';
import { synthesized, type Template } from '../testing/synthesized.ts';
import { twin } from './stages.ts';
import { twinLacks } from './twin-lacks.ts';

describe('stage twin', () => {
  let templates: Readonly<Record<string, Template>> = {};
  before(() => {
    templates = synthesized({ stage: 'twin' });
  });

  it('is deployed from four stacks, which ask for what outlives LocalStack, and tell of the REST API', () => {
    assert.deepEqual(Object.keys(templates).sort(), ['api', 'data', 'execution', 'identity']);
    const asked = Object.entries(templates).flatMap(([stack, { Parameters = {} }]) =>
      Object.entries(Parameters)
        .filter(([, { NoEcho }]) => NoEcho === true)
        .map(([name]) => `${stack}:${name}`),
    );
    assert.deepEqual(asked.sort(), [
      'api:BlobsCredentials',
      'execution:BlobsCredentials',
      'identity:HeadsKey',
      'identity:TicketsKey',
      'identity:WebhooksKey',
    ]);
    assert.ok(templates['api']?.Outputs?.['ApiId']);
  });

  it('declares tables and bucket in a template of their own, which no other refers to', () => {
    const { data, ...others } = templates;
    const types = Object.values(data?.Resources ?? {}).map(({ Type }) => Type);
    assert.deepEqual([...new Set(types)].sort(), [
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
    ]);
    for (const [name, other] of Object.entries(others)) {
      assert.ok(!JSON.stringify(other).includes('tandem-twin-data:'), name);
    }
  });

  it('has no resource of those that LocalStack lacks', () => {
    const lacking: readonly string[] = Object.values(twinLacks).flatMap(({ resources }) => resources);
    const made = Object.values(templates).flatMap(({ Resources }) => Object.values(Resources));
    assert.deepEqual(
      made.filter(({ Type }) => lacking.includes(Type)),
      [],
    );
  });

  it('tells functions nothing that they do not read', () => {
    const told = new Set(
      Object.values(templates)
        .flatMap(({ Resources }) => Object.values(Resources))
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .flatMap(({ Properties: of = {} }) => Object.keys(of['Environment']?.['Variables'] ?? {}))
        .filter((name) => name.startsWith('TANDEM_')),
    );
    assert.ok(told.size > 10);
    const isRead = (name: string) =>
      settingNames.some((one) => one === name && aboutSetting(one).readers.includes('function'));
    assert.deepEqual(
      [...told].filter((name) => !isRead(name)),
      [],
    );
  });

  it('has every function but those of what it lacks, told where services are', () => {
    const functions = Object.values(templates)
      .flatMap(({ Resources }) => Object.values(Resources))
      .filter(({ Type }) => Type === 'AWS::Lambda::Function');
    const names = [...httpFunctions(), ...deployedFunctions]
      .map(({ name }) => name)
      .filter((name) => !['authorizer', 'pre-token'].includes(name));
    assert.deepEqual(
      functions.map(({ Properties: of }) => of?.['FunctionName']).sort(),
      names.map((name) => `tandem-twin-${name}`).sort(),
    );
    for (const { Properties: of = {} } of functions) {
      if (/-(space|program)$/.test(of['FunctionName'])) continue;
      const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = of['Environment']['Variables'];
      assert.deepEqual([AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3], ['http://localstack:4566', 'http://s3:7070']);
    }
  });

  it('hears of tasks that the launcher says have stopped', () => {
    const rules = Object.values(templates['execution']?.Resources ?? {})
      .filter(({ Type }) => Type === 'AWS::Events::Rule')
      .map(({ Properties: of = {} }) => of['EventPattern'])
      .filter((pattern) => pattern?.['source']?.includes('aws.ecs'));
    const { account, region, surroundings } = twin;
    const cluster = surroundings?.spaceTasks.cluster;
    assert.equal(rules.length, 1);
    assert.match(
      JSON.stringify(rules[0]['detail']['clusterArn']),
      new RegExp(`:ecs:${region}:${account}:cluster/${cluster}"`),
    );
  });

  it('lacks what the list of divergences says, each in the very words', () => {
    const divergences = readFileSync(new URL('../../local/DIVERGENCES.md', import.meta.url), 'utf8');
    assert.deepEqual([...twin.lacks], Object.keys(twinLacks));
    for (const [name, { instead }] of Object.entries(twinLacks)) {
      assert.ok(divergences.includes(`| ${name} | ${instead} |`), `${name}: ${instead}`);
    }
  });
});
