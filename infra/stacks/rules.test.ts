import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { harmless, kinds } from '../../clients/cli/cloud/removal/kinds.ts';
import { databaseFunction } from '../../functions/deployed/database.ts';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { flatten, reasonFor } from '../constructs/wildcards.ts';
import {
  type Properties,
  resourcesOf,
  synthesis,
  type Tagged,
  type Template,
} from '../testing/synthesized.ts';

type Templates = Readonly<Record<string, Template>>;

/** Statements that a role or policy allows. */
const statementsOf = ({ Properties: of = {} }: { Properties?: Properties }): Properties[] =>
  [of['PolicyDocument'], ...(of['Policies'] ?? []).map((one: Properties) => one['PolicyDocument'])]
    .filter((document) => document !== undefined)
    .flatMap((document) => [document['Statement']].flat());

const listed = (value: unknown) => [value].flat().filter((one) => one !== undefined);

/** What holds of every stage on AWS. */
function holds(context: Readonly<Record<string, string>>) {
  let templates: Templates = {};
  let tagged: readonly Tagged[] = [];
  const all = (type: string) => resourcesOf(templates, type);
  const properties = (type: string) =>
    all(type).map(({ id, Properties: of = {} }) => ({ id, ...of }) as Properties);
  before(() => {
    ({ templates, tagged } = synthesis(context));
  });

  it('passes the rules of AWS Solutions, but for what is accepted with a reason', () => {
    assert.ok(Object.keys(templates).length >= 6);
  });

  it('lets no role do anything with a wildcard that has no reason', () => {
    const grants = [...all('AWS::IAM::Role'), ...all('AWS::IAM::Policy')].filter(
      ({ id }) => !id.includes('GpuProvider'),
    );
    assert.ok(grants.length > 50);
    for (const grant of grants) {
      for (const statement of statementsOf(grant)) {
        const what = `${grant.id}: ${JSON.stringify(statement)}`;
        assert.ok(!listed(statement['Action']).some((action) => String(action).includes('*')), what);
        for (const resource of listed(statement['Resource']).map(flatten)) {
          assert.ok(!resource.includes('*') || reasonFor(resource), what);
        }
      }
    }
  });

  it('gives what runs the code of others no right at all', () => {
    const functions = all('AWS::Lambda::Function').filter(({ Properties: of }) =>
      /-(space|program)$/.test(of?.['FunctionName']),
    );
    assert.equal(functions.length, 2);
    for (const { Properties: of = {} } of functions) {
      const role = templates['execution']?.Resources[of['Role']['Fn::GetAtt'][0]];
      assert.deepEqual(Object.keys(role?.Properties ?? {}).sort(), [
        'AssumeRolePolicyDocument',
        'Description',
        'Tags',
      ]);
      assert.deepEqual(of['TenancyConfig'], { TenantIsolationMode: 'PER_TENANT' });
      assert.equal(of['VpcConfig'], undefined);
    }
  });

  it('has every function, on arm64 and Node 24, traced, with a log that ends', () => {
    const functions = properties('AWS::Lambda::Function');
    const ofDatabase = context['stateStore'] === 'aurora' ? [databaseFunction] : [];
    const expected = [...httpFunctions(), ...deployedFunctions, ...ofDatabase].map(
      ({ name }) => `tandem-${context['stage']}-${name}`,
    );
    assert.deepEqual(functions.map(({ FunctionName }) => FunctionName).sort(), expected.sort());
    for (const { FunctionName: name, ...of } of functions) {
      assert.deepEqual([of['Runtime'], of['Architectures']], ['nodejs24.x', ['arm64']], name);
      if (/-(space|program)$/.test(name)) continue;
      assert.deepEqual(of['TracingConfig'], { Mode: 'Active' }, name);
      assert.ok(of['LoggingConfig']?.['LogGroup'], name);
    }
    for (const { id, ...of } of properties('AWS::Logs::LogGroup')) assert.ok(of['RetentionInDays'] > 0, id);
  });

  it('has every log before somebody makes one that is kept for ever', () => {
    const logs = properties('AWS::Logs::LogGroup').map(({ LogGroupName }) => flatten(LogGroupName));
    const [stage] = all('AWS::ApiGateway::Stage');
    const [errors] = all('AWS::Logs::LogGroup').filter(({ Properties: of }) =>
      flatten(of?.['LogGroupName']).startsWith('API-Gateway-Execution-Logs_<'),
    );
    assert.ok(errors && stage?.DependsOn?.includes(errors.id.split('/')[1] ?? ''));
    assert.ok(logs.every((name) => /^(\/tandem\/|\/aws\/rds\/|API-Gateway-)/.test(name)));
  });

  it('opens with the key what is read, and seals only what is written', () => {
    const actions = (name: string) => {
      const [made] = properties('AWS::Lambda::Function').filter(({ FunctionName }) =>
        String(FunctionName).endsWith(`-${name}`),
      );
      assert.ok(made);
      const stack = String(made['id']).split('/')[0] ?? '';
      const role = templates[stack]?.Resources[made['Role']['Fn::GetAtt'][0]];
      return statementsOf(role ?? {}).flatMap(({ Action }) => listed(Action).map(String));
    };
    for (const reader of ['list-runs', 'read-logs', 'read-audit']) {
      assert.ok(!actions(reader).some((action) => /^kms:(Encrypt|GenerateDataKey)/.test(action)), reader);
    }
    assert.ok(actions('start-run').includes('kms:GenerateDataKey'));
  });

  it('has dead letters for whatever nobody waits for', () => {
    const targets = properties('AWS::Events::Rule').flatMap(({ Targets }) => Targets as Properties[]);
    assert.ok(targets.length >= 4);
    for (const { DeadLetterConfig } of targets) assert.ok(DeadLetterConfig);
    const called = new Set(targets.map(({ Arn }) => Arn['Fn::GetAtt'][0]));
    for (const id of called) {
      assert.ok(templates['execution']?.Resources[id]?.Properties?.['DeadLetterConfig'], id);
    }
    for (const { QueueName, RedrivePolicy } of properties('AWS::SQS::Queue')) {
      assert.equal(RedrivePolicy === undefined, /-(dead|failed)$/.test(QueueName), QueueName);
    }
  });

  it('answers queues message by message', () => {
    const mappings = properties('AWS::Lambda::EventSourceMapping');
    assert.equal(mappings.length, 3);
    for (const of of mappings) assert.deepEqual(of['FunctionResponseTypes'], ['ReportBatchItemFailures']);
  });

  it('encrypts and closes what it keeps', () => {
    for (const { id, ...of } of properties('AWS::S3::Bucket')) {
      const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } =
        of['PublicAccessBlockConfiguration'];
      assert.ok(BlockPublicAcls && BlockPublicPolicy && IgnorePublicAcls && RestrictPublicBuckets, id);
      const [rule] = of['BucketEncryption']['ServerSideEncryptionConfiguration'];
      assert.equal(rule['ServerSideEncryptionByDefault']['SSEAlgorithm'], 'aws:kms', id);
      assert.deepEqual(of['VersioningConfiguration'], { Status: 'Enabled' }, id);
    }
    for (const of of properties('AWS::DynamoDB::Table')) {
      assert.equal(of['SSESpecification']['SSEType'], 'KMS');
      assert.equal(of['BillingMode'], 'PAY_PER_REQUEST');
      assert.equal(of['PointInTimeRecoverySpecification']['PointInTimeRecoveryEnabled'], true);
    }
    for (const { id, ...of } of properties('AWS::SQS::Queue'))
      assert.equal(of['SqsManagedSseEnabled'], true, id);
    for (const { id, ...of } of properties('AWS::SecretsManager::Secret')) assert.ok(of['KmsKeyId'], id);
    for (const { id, ...of } of properties('AWS::KMS::Key')) assert.equal(of['EnableKeyRotation'], true, id);
    const policies = [...all('AWS::S3::BucketPolicy'), ...all('AWS::SQS::QueuePolicy')];
    for (const policy of policies) {
      const denied = statementsOf(policy).filter(({ Effect }) => Effect === 'Deny');
      assert.ok(
        denied.some(({ Condition }) => Condition?.['Bool']?.['aws:SecureTransport'] === 'false'),
        policy.id,
      );
    }
  });

  it('forgets for good, after a day more, what is made again or only passes', () => {
    const rules = properties('AWS::S3::Bucket').flatMap(
      (of) => of['LifecycleConfiguration']['Rules'] as Properties[],
    );
    const gone = rules
      .filter(({ Prefix }) => Prefix)
      .map(({ Prefix, ...rule }) => [
        Prefix,
        rule['ExpirationInDays'],
        rule['NoncurrentVersionExpiration']?.['NoncurrentDays'],
      ]);
    assert.deepEqual(gone, [
      ['exports/', 1, 1],
      ['passing/', 1, 1],
    ]);
  });

  it('lets no log forget: only what passes has a time to live', () => {
    const mortal = properties('AWS::DynamoDB::Table').filter((of) => of['TimeToLiveSpecification']);
    assert.deepEqual(
      mortal.map(({ TableName }) => TableName),
      context['stateStore'] === 'aurora' ? [] : [`tandem-${context['stage']}-passing`],
    );
  });

  it('has no NAT, and no way out of subnets but the proxy', () => {
    assert.deepEqual([...all('AWS::EC2::NatGateway'), ...all('AWS::EC2::EIP')], []);
    const routes = properties('AWS::EC2::Route').filter((of) => of['GatewayId']);
    for (const { id } of routes) assert.match(id, /wayout/);
  });

  it('leaves nothing behind that `tandem destroy` does not know, and in dev nothing that is data', () => {
    const left = Object.values(templates)
      .flatMap(({ Resources }) => Object.values(Resources))
      .filter(({ DeletionPolicy = '' }) => DeletionPolicy.startsWith('Retain'))
      .map(({ Type }) => Type)
      .filter((type) => !harmless.includes(type));
    if (context['stage'] === 'dev') assert.deepEqual(left, []);
    assert.deepEqual(
      left.filter((type) => kinds[type] === undefined),
      [],
    );
  });

  it('says on everything that can carry a tag which stage it is of, and what it is for', () => {
    assert.ok(tagged.length > 200);
    for (const { path, tags } of tagged) {
      assert.equal(tags['tandem:stage'], context['stage'], path);
      assert.ok(tags['tandem:purpose'], path);
    }
  });

  it('has a page for every client whose people sign in at the pool', () => {
    const signingIn = all('AWS::Cognito::UserPoolClient').filter(({ Properties: of }) =>
      of?.['AllowedOAuthFlows'].includes('code'),
    );
    const styles = properties('AWS::Cognito::ManagedLoginBranding');
    assert.ok(signingIn.length > 0);
    assert.deepEqual(
      styles.map(({ ClientId }) => `identity/${ClientId.Ref}`),
      signingIn.map(({ id }) => id),
    );
    for (const of of styles) assert.equal(of['UseCognitoProvidedValues'], true);
  });

  it('lets nobody sign in with the client of a machine, nor read or write a tenant with it', () => {
    const machines = properties('AWS::Cognito::UserPoolClient').filter((of) =>
      of['AllowedOAuthFlows'].includes('client_credentials'),
    );
    assert.equal(machines.length, 1 + (context['tenants'] ?? '').split(',').filter(Boolean).length);
    for (const { id, ...of } of machines) {
      assert.deepEqual(of['ExplicitAuthFlows'], ['ALLOW_REFRESH_TOKEN_AUTH'], id);
      assert.deepEqual([of['ReadAttributes'], of['WriteAttributes']], [['email'], ['email']], id);
    }
  });

  return { templates: () => templates, all, properties };
}

describe('stage prod with tasks and a GPU', () => {
  const { all, properties } = holds({ stage: 'prod', tasks: 'on', gpu: 'on', tenants: 'acme' });

  it('keeps data when stacks go', () => {
    const kept = [
      'AWS::S3::Bucket',
      'AWS::DynamoDB::Table',
      'AWS::KMS::Key',
      'AWS::Cognito::UserPool',
    ].flatMap(all);
    assert.equal(kept.length, 5);
    for (const { id, DeletionPolicy } of kept) assert.match(DeletionPolicy ?? '', /^Retain/, id);
    for (const of of properties('AWS::DynamoDB::Table')) assert.equal(of['DeletionProtectionEnabled'], true);
  });

  it('gives tasks of spaces no role, and a root that cannot be written', () => {
    const tasks = all('AWS::ECS::TaskDefinition').filter(({ Properties: of }) =>
      /-space(-gpu)?$/.test(of?.['Family']),
    );
    assert.equal(tasks.length, 2);
    for (const { id, Properties: of = {} } of tasks) {
      assert.equal(of['TaskRoleArn'], undefined, id);
      for (const container of of['ContainerDefinitions'])
        assert.equal(container['ReadonlyRootFilesystem'], true);
    }
  });

  it('looks whether a task is well as its image says, which ECS does not read', () => {
    const image = readFileSync(new URL('../../containers/space/Dockerfile', import.meta.url), 'utf8');
    const [, flags = '', command = ''] = /^HEALTHCHECK (.*) CMD (\[.*\])$/m.exec(image) ?? [];
    const seconds = (flag: string) => Number(new RegExp(`--${flag}=(\\d+)`).exec(flags)?.[1]);
    const tasks = properties('AWS::ECS::TaskDefinition').filter(({ Family }) =>
      /-space(-gpu)?$/.test(Family),
    );
    for (const { Family, ContainerDefinitions } of tasks) {
      assert.deepEqual(
        ContainerDefinitions[0]['HealthCheck'],
        {
          Command: ['CMD', ...JSON.parse(command)],
          Interval: seconds('interval'),
          Timeout: seconds('timeout'),
          StartPeriod: seconds('start-period'),
          Retries: seconds('retries'),
        },
        Family,
      );
    }
  });

  it('publishes each definition of the run machine, keeps it, and starts runs by an alias', () => {
    const [version] = all('AWS::StepFunctions::StateMachineVersion');
    assert.equal(version?.DeletionPolicy, 'Retain');
    assert.equal(version?.UpdateReplacePolicy, 'Retain');
    const machines = properties('AWS::StepFunctions::StateMachine');
    assert.deepEqual(machines[0]?.['LoggingConfiguration']['Level'], 'ALL');
    assert.equal(machines[0]?.['LoggingConfiguration']['IncludeExecutionData'], false);
    assert.deepEqual(machines[0]?.['TracingConfiguration'], { Enabled: true });
    const started = properties('AWS::Lambda::Function').find(
      ({ FunctionName }) => FunctionName === 'tandem-prod-start-run',
    );
    assert.match(
      flatten(started?.['Environment']['Variables']['TANDEM_MACHINE']),
      /stateMachine:tandem-prod-run:live$/,
    );
  });

  it('asks the authorizer before every route that takes a token, and counts by tenant', () => {
    const methods = properties('AWS::ApiGateway::Method');
    assert.equal(methods.length, httpFunctions().length);
    const open = methods.filter(({ AuthorizationType }) => AuthorizationType === 'NONE');
    const withoutToken = httpFunctions().filter(({ route }) => route.credential !== 'token');
    assert.equal(open.length, withoutToken.length);
    for (const of of methods.filter((one) => !open.includes(one))) assert.equal(of['ApiKeyRequired'], true);
    assert.equal(all('AWS::ApiGateway::ApiKey').length, 2);
  });

  it('answers as we do where API Gateway answers itself', () => {
    for (const { id, ...of } of properties('AWS::ApiGateway::GatewayResponse')) {
      const document = JSON.parse(of['ResponseTemplates']['application/json']);
      assert.equal(String(document.status), of['StatusCode'], id);
      assert.equal(document.type, `urn:tandem:error:${document.code}`, id);
    }
  });
});

describe('tenants whose names are nearly the same, or a word of ours', () => {
  it('each have a key and a client of a machine, and an output that names it', () => {
    const tenants = ['a-b', 'ab', 'others', 'platform'];
    const { templates } = synthesis({ stage: 'dev', tenants: tenants.join() });
    const keys = resourcesOf(templates, 'AWS::ApiGateway::ApiKey').map(({ Properties: of }) => of?.['Name']);
    assert.deepEqual(
      keys.sort(),
      [...tenants.map((one) => `tandem-dev-tenant-${one}`), 'tandem-dev-other-tenants'].sort(),
    );
    const outputs = Object.entries(templates['identity']?.Outputs ?? {}).filter(([id]) =>
      id.startsWith('MachineClient'),
    );
    const clients = new Set(outputs.map(([, output]) => JSON.stringify((output as Properties)['Value'])));
    assert.equal(clients.size, tenants.length);
  });
});

describe('a stage as it is by itself', () => {
  const { all } = holds({ stage: 'dev' });

  it('has no endpoint, gateway, service, machine or database', () => {
    const hourly = [
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::EC2::EIP',
      'AWS::EC2::Instance',
      'AWS::EC2::NatGateway',
      'AWS::EC2::VPCEndpoint',
      'AWS::ECS::Service',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::RDS::DBCluster',
      'AWS::RDS::DBInstance',
      'AWS::WAFv2::WebACL',
    ];
    const made = hourly.flatMap(all).filter(({ Properties: of }) => of?.['VpcEndpointType'] !== 'Gateway');
    assert.deepEqual(made, []);
  });
});

describe('stage dev with Aurora', () => {
  const { templates, properties, all } = holds({ stage: 'dev', stateStore: 'aurora' });

  it('has a database that sleeps, signs in by IAM and cannot be reached from outside', () => {
    const [cluster] = properties('AWS::RDS::DBCluster');
    assert.equal(cluster?.['ServerlessV2ScalingConfiguration']['MinCapacity'], 0);
    assert.equal(cluster?.['EnableIAMDatabaseAuthentication'], true);
    assert.equal(cluster?.['StorageEncrypted'], true);
    for (const of of properties('AWS::RDS::DBInstance')) assert.equal(of['PubliclyAccessible'], false);
    assert.deepEqual(properties('AWS::DynamoDB::Table'), []);
  });

  it('is deployed with the user that functions sign in as, once the database is there', () => {
    const [made] = all('Custom::TandemDatabaseUser');
    assert.ok(made);
    const handler = templates()['data']?.Resources[made.Properties?.['ServiceToken']['Fn::GetAtt'][0]];
    assert.equal(handler?.Properties?.['FunctionName'], 'tandem-dev-database');
    for (const type of [
      'AWS::RDS::DBCluster',
      'AWS::RDS::DBInstance',
      'AWS::SecretsManager::SecretTargetAttachment',
    ]) {
      const needed = all(type).map(({ id }) => id.split('/')[1]);
      assert.ok(needed.length > 0 && needed.every((id) => made.DependsOn?.includes(id ?? '')), type);
    }
    const owner = properties('AWS::Lambda::Function').filter(
      ({ Environment }) => Environment['Variables']['TANDEM_POSTGRES_OWNER'],
    );
    assert.equal(owner.length, 1, 'Nobody else is told of the owner');
  });

  it('has those functions in the network that ask it', () => {
    const outside = properties('AWS::Lambda::Function').filter((of) => of['VpcConfig'] === undefined);
    assert.deepEqual(
      outside.map(({ FunctionName }) => FunctionName).sort(),
      [...httpFunctions(), ...deployedFunctions]
        .filter(({ rights }) => !rights.includes('store:read'))
        .map(({ name }) => `tandem-dev-${name}`)
        .sort(),
    );
  });
});

describe('a finding that nobody accepts', () => {
  it('has no reason', () => {
    assert.equal(reasonFor('arn:aws:s3:::other/*'), undefined);
    assert.equal(reasonFor('arn:aws:dynamodb:us-east-1:1:table/*'), undefined);
  });
});
