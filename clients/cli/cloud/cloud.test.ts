import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { check } from '../doctor/check.ts';
import { whereTo } from '../login/where-to.ts';
import { UsageError } from '../usage-error.ts';
import { assertBootstrapped, currentAccount } from './account.ts';
import { checkApi, checkBootstrap, checkStacks } from './checks.ts';
import { cloudError } from './cloud-error.ts';
import { deployedContext, keepContext } from './kept-context.ts';
import { belongsTo, outputsOf, stacksOf } from './stacks.ts';
import { changedStageOf, stageOf } from './stage.ts';

/** Answers of AWS by action; a text with a status that is no success is an error. */
const answers = new Map<string, { readonly status: number; readonly xml: string }>();

const namespace = 'xmlns="https://example.com/"';
const stackXml = (name: string, status = 'UPDATE_COMPLETE', outputs: Readonly<Record<string, string>> = {}) =>
  `<member><StackName>${name}</StackName><StackStatus>${status}</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${Object.entries(
    outputs,
  )
    .map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    )
    .join('')}</Outputs></member>`;
const stacksXml = (...stacks: string[]) =>
  `<DescribeStacksResponse ${namespace}><DescribeStacksResult><Stacks>${stacks.join('')}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const errorXml = (code: string, message: string) =>
  `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
const callerXml = `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.url?.startsWith('/health')) return response.writeHead(503).end('{}');
  const { status, xml } = answers.get(new URLSearchParams(body).get('Action') ?? '') ?? {
    status: 500,
    xml: '',
  };
  return response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
});
const variables = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const kept = variables.map((name) => [name, process.env[name]] as const);
let url = '';

describe('a stage on AWS, as the command line sees it', () => {
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env['AWS_ENDPOINT_URL'] = url;
    process.env['AWS_REGION'] = 'eu-central-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'id';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
  });
  after(() => {
    server.close();
    for (const [name, value] of kept) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  beforeEach(() => {
    answers.clear();
    answers.set('GetCallerIdentity', { status: 200, xml: callerXml });
  });

  it('lives in the account and region of the credentials', async () => {
    assert.deepEqual(await currentAccount(), {
      account: '123456789012',
      region: 'eu-central-1',
      caller: 'arn:aws:iam::123456789012:user/ann',
    });
  });

  it('is refused to whoever is not known, in the words of AWS', async () => {
    const xml = errorXml('ExpiredToken', 'The security token included in the request is expired');
    answers.set('GetCallerIdentity', { status: 403, xml });
    await assert.rejects(currentAccount(), (error) => {
      assert.ok(isTandemError(error, 'cloud.credentials'), String(error));
      assert.match(error.message, /security token included in the request is expired/);
      return true;
    });
  });

  it('needs an account that is prepared, and says by which command', async () => {
    const xml = errorXml('ValidationError', 'Stack with id CDKToolkit does not exist');
    answers.set('DescribeStacks', { status: 400, xml });
    await assert.rejects(assertBootstrapped(await currentAccount()), (error) => {
      assert.ok(isTandemError(error, 'cloud.not-bootstrapped'), String(error));
      assert.match(error.message, /npx cdk bootstrap aws:\/\/123456789012\/eu-central-1/);
      return true;
    });
    answers.set('DescribeStacks', { status: 200, xml: stacksXml(stackXml('CDKToolkit')) });
    await assertBootstrapped(await currentAccount());
  });

  it('is not looked for without a region, or where nothing answers', async (t) => {
    const here = process.env;
    t.after(() => (process.env = here));
    const { AWS_REGION: _region, AWS_DEFAULT_REGION: _default, ...rest } = here;
    process.env = { ...rest, AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' };
    await assert.rejects(currentAccount(), (error) => isTandemError(error, 'cloud.region'));
    process.env['AWS_REGION'] = 'eu-central-1';
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:9';
    await assert.rejects(currentAccount(), (error) => isTandemError(error, 'cloud.unreachable'));
  });

  it('tells who lacks a permission which one, and whom to ask', async () => {
    const refusal =
      'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: cloudformation:DescribeStacks';
    answers.set('DescribeStacks', { status: 403, xml: errorXml('AccessDenied', refusal) });
    const { ok, found, remedy } = await check('Bootstrap', checkBootstrap);
    assert.equal(ok, false);
    assert.match(found, /not authorized to perform: cloudformation:DescribeStacks/);
    assert.match(remedy ?? '', /whoever administers the account/);
  });

  it('is made of its own stacks only', async () => {
    const own = stackXml('tandem-dev-api', 'CREATE_COMPLETE', { ApiUrl: 'https://a.example' });
    const xml = stacksXml(own, stackXml('tandem-dev-2-api'), stackXml('other'));
    answers.set('DescribeStacks', { status: 200, xml });
    const stacks = await stacksOf('dev');
    assert.deepEqual(
      stacks.map(({ StackName }) => StackName),
      ['tandem-dev-api'],
    );
    assert.deepEqual([...outputsOf(stacks)], [['ApiUrl', 'https://a.example']]);
    assert.equal(belongsTo('dev', 'tandem-dev-api-old'), false);
  });

  it('says itself where its people sign in', async () => {
    const api = stackXml('tandem-dev-api', 'CREATE_COMPLETE', {
      ApiUrl: 'https://a.example/dev',
      LiveUrl: 'wss://l.example/dev',
    });
    const outputs = { Issuer: 'https://pool.example/p', CommandLineClient: 'c' };
    answers.set('DescribeStacks', { status: 200, xml: stacksXml(api) });
    const nowhere = () => assert.fail('no server is asked for');
    await assert.rejects(whereTo({ stage: 'dev' }, nowhere), (error) => isTandemError(error, 'cloud.absent'));
    const identity = stackXml('tandem-dev-identity', 'CREATE_COMPLETE', outputs);
    answers.set('DescribeStacks', { status: 200, xml: stacksXml(api, identity) });
    const { server: address, page, live } = await whereTo({ stage: 'dev' }, nowhere);
    assert.deepEqual(
      [address, live, page.issuer, page.client],
      ['https://a.example/dev', 'wss://l.example/dev', outputs.Issuer, outputs.CommandLineClient],
    );
  });

  it('says itself what it was asked for, and keeps to it', async () => {
    const outputs = { Context: 'stateStore=dynamodb tasks=on' };
    const xml = stacksXml(stackXml('tandem-dev-data', 'UPDATE_COMPLETE', outputs));
    answers.set('DescribeStacks', { status: 200, xml });
    const { context } = keepContext('dev', ['tenants=acme'], await deployedContext('dev'));
    assert.deepEqual(context, ['tenants=acme', 'stateStore=dynamodb', 'tasks=on']);
    const absent = errorXml('ValidationError', 'Stack with id tandem-dev-data does not exist');
    answers.set('DescribeStacks', { status: 400, xml: absent });
    assert.equal(await deployedContext('dev'), '');
    const failed = stacksXml(stackXml('tandem-dev-data', 'ROLLBACK_COMPLETE'));
    answers.set('DescribeStacks', { status: 200, xml: failed });
    assert.equal(await deployedContext('dev'), '');
    const older = stacksXml(stackXml('tandem-dev-data', 'UPDATE_ROLLBACK_COMPLETE'));
    answers.set('DescribeStacks', { status: 200, xml: older });
    assert.equal(await deployedContext('dev'), undefined);
  });

  it('is absent where none of its stacks is there', async () => {
    answers.set('DescribeStacks', { status: 200, xml: stacksXml() });
    await assert.rejects(stacksOf('dev'), (error) => isTandemError(error, 'stage.absent'));
  });

  it('is not well while a stack is not complete, or its API does not answer', async () => {
    const xml = stacksXml(
      stackXml('tandem-dev-api', 'UPDATE_COMPLETE', { ApiUrl: `${url}/` }),
      stackXml('tandem-dev-data', 'UPDATE_ROLLBACK_COMPLETE'),
    );
    answers.set('DescribeStacks', { status: 200, xml });
    const stacks = await checkStacks('dev');
    assert.deepEqual([stacks.ok, stacks.found], [false, 'tandem-dev-data is UPDATE_ROLLBACK_COMPLETE']);
    const api = await checkApi('dev');
    assert.deepEqual([api.ok, api.found], [false, `${url}/ answers 503`]);
    assert.match(api.remedy ?? '', /tandem logs --stage dev/);
  });
});

describe('what AWS refuses', () => {
  const named = (name: string, message = 'No.') => Object.assign(new Error(message), { name });

  it('is said by its meaning', () => {
    const code = (error: unknown) => (cloudError(error) as { code?: string }).code;
    assert.equal(code(named('CredentialsProviderError')), 'cloud.credentials');
    assert.equal(code(named('AccessDenied')), 'cloud.permission');
    assert.equal(code(named('Error', 'Region is missing')), 'cloud.region');
    assert.equal(code(Object.assign(new Error('no'), { code: 'ENOTFOUND' })), 'cloud.unreachable');
  });

  it('stays what it is when nobody knows better', () => {
    const error = named('SomethingNew');
    assert.equal(cloudError(error), error);
  });
});

describe('the name of a stage', () => {
  it('can stand in the name of a bucket', () => {
    assert.equal(stageOf('dev-2'), 'dev-2');
    for (const wrong of [undefined, '', 'D', 'dev_2', '2dev', 'a'.repeat(17)]) {
      assert.throws(() => stageOf(wrong), UsageError, String(wrong));
    }
  });

  it('is not twin where something is changed', () => {
    assert.equal(stageOf('twin'), 'twin');
    assert.throws(() => changedStageOf('twin'), /docker compose up/);
  });
});
