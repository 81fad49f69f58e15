import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { flatten } from '../constructs/wildcards.ts';
import { type Properties, resourcesOf, synthesized, type Template } from '../testing/synthesized.ts';

/** How a function in the network comes to a service, by what the actions of the service begin with. */
const ways: Readonly<Record<string, { readonly endpoint: string } | { readonly because: string }>> = {
  sqs: { endpoint: 'sqs' },
  states: { endpoint: 'states' },
  secretsmanager: { endpoint: 'secretsmanager' },
  lambda: { endpoint: 'lambda' },
  ecs: { endpoint: 'ecs' },
  s3: { endpoint: 's3' },
  'rds-db': { because: 'the database is in the same network' },
  'execute-api': { because: 'the client of @connections goes through the proxy' },
  kms: { because: 'S3, SQS and Secrets Manager ask KMS in the name of the caller' },
  iam: { because: 'ECS looks whether a role may be passed' },
  ec2: { because: 'Lambda itself makes network interfaces' },
  xray: { because: 'Lambda itself takes traces out of the network' },
  logs: { because: 'Lambda itself takes logs out of the network' },
};

for (const context of [
  { stage: 'dev', stateStore: 'aurora' },
  { stage: 'prod', stateStore: 'aurora' },
  { stage: 'prod', stateStore: 'aurora', tasks: 'on', gpu: 'on' },
  { stage: 'dev', stateStore: 'aurora', tasks: 'on' },
] as const) {
  describe(`the network of ${Object.values(context).join(', ')}`, () => {
    let templates: Readonly<Record<string, Template>> = {};
    const properties = (type: string) =>
      resourcesOf(templates, type).map(({ id, Properties: of = {} }): Properties => ({ id, ...of }));
    before(() => {
      templates = synthesized(context);
    });

    const inNetwork = () => properties('AWS::Lambda::Function').filter((of) => of['VpcConfig']);

    /** What the roles of functions in the network allow. */
    const allowed = () => {
      const roles = new Set(
        inNetwork().map(({ id, Role }) => `${String(id).split('/')[0]}/${Role['Fn::GetAtt'][0]}`),
      );
      return properties('AWS::IAM::Role')
        .filter(({ id }) => roles.has(id))
        .flatMap(({ Policies }) => Policies as Properties[])
        .flatMap(({ PolicyDocument }) => PolicyDocument['Statement'] as Properties[])
        .flatMap(({ Action }) => [Action].flat() as string[]);
    };

    const endpoints = () =>
      properties('AWS::EC2::VPCEndpoint').map(
        (of): Properties => ({ service: flatten(of['ServiceName']).split('.').at(-1), ...of }),
      );

    it('has a way to every service that a function in it may ask', () => {
      const actions = allowed();
      assert.ok(actions.length > 100);
      const there = endpoints().map(({ service }) => service);
      for (const service of new Set(actions.map((action) => action.split(':')[0] ?? ''))) {
        const way = ways[service];
        assert.ok(way, `Nothing is known of a way to ${service}`);
        if ('endpoint' in way) assert.ok(there.includes(way.endpoint), service);
      }
    });

    it('lets through to the bucket what functions may do with it', () => {
      const through = endpoints()
        .filter(({ service, id }) => service === 's3' && String(id).includes('functions'))
        .flatMap((of) => of['PolicyDocument']['Statement'] as Properties[])
        .flatMap(({ Action }) => Action);
      for (const action of allowed().filter((one) => one.startsWith('s3:'))) {
        assert.ok(through.includes(action), action);
      }
    });

    it('lets through of spaces to the bucket what signed addresses are for, and to nothing but blobs', () => {
      const [through] = endpoints().filter(
        ({ service, id }) => service === 's3' && String(id).includes('spaces'),
      );
      assert.ok(through);
      const lets = (through['PolicyDocument']['Statement'] as Properties[]).map(
        ({ Action, Resource }) => [Action, flatten(Resource)] as const,
      );
      const name = `tandem-${context.stage}-blobs-<AWS::AccountId>-<AWS::Region>`;
      assert.deepEqual(lets, [
        [['s3:GetObject', 's3:PutObject'], `arn:<AWS::Partition>:s3:::${name}/blobs/*`],
        ['s3:GetObject', 'arn:<AWS::Partition>:s3:::prod-<AWS::Region>-starport-layer-bucket/*'],
      ]);
      const [bucket] = properties('AWS::S3::Bucket');
      assert.equal(flatten(bucket?.['BucketName']), name);
    });

    it('hangs on no single zone where the stage keeps data', () => {
      const zones = context.stage === 'prod' ? 2 : 1;
      const inZones = endpoints().filter((of) => of['VpcEndpointType'] === 'Interface');
      assert.ok(inZones.length >= 4);
      for (const { service, SubnetIds } of inZones) assert.equal(SubnetIds.length, zones, service);
      const [proxy] = properties('AWS::ECS::Service').filter(({ ServiceName }) =>
        /-egress$/.test(ServiceName),
      );
      assert.equal(proxy?.['DesiredCount'], zones);
    });

    it('lets spaces out to the front door and to nobody else', () => {
      const [proxy] = properties('AWS::ECS::TaskDefinition').filter(({ Family }) => /-egress$/.test(Family));
      assert.ok(proxy);
      const { Value: value } = proxy['ContainerDefinitions'][0]['Environment'][0];
      const settings = flatten(value);
      assert.match(
        settings,
        /^acl allowed dstdomain <Fn::ImportValue>\.execute-api\.<AWS::Region>\.<AWS::URLSuffix>$/m,
      );
      const [door] = properties('AWS::ApiGateway::RestApi');
      const imported = JSON.stringify(value);
      assert.ok(imported.includes(`Ref${String(door?.['id']).split('/')[1]}`), imported);
    });

    it('opens to the proxy what ECS asks for its task, where the network answers for it', () => {
      for (const service of ['api', 'dkr', 'logs']) {
        const found = endpoints().filter((of) => of['service'] === service);
        assert.equal(found.length, 'tasks' in context ? 1 : 0, service);
        for (const of of found)
          assert.match((of['SecurityGroupIds'] as unknown[]).map(flatten).join(), /proxy/);
      }
    });

    it('opens endpoints that only functions need to functions alone', () => {
      const ids = (of: Properties) => (of['SecurityGroupIds'] as unknown[]).map(flatten).join();
      const [states] = endpoints().filter(({ service }) => service === 'states');
      assert.ok(states && !ids(states).includes('spaces'), ids(states ?? {}));
    });

    it('tells functions in it of the proxy, and whose certificate the database shows', () => {
      assert.ok(inNetwork().length > 30);
      for (const { FunctionName, Environment } of inNetwork()) {
        const { NODE_USE_ENV_PROXY, HTTPS_PROXY, NODE_EXTRA_CA_CERTS } = Environment['Variables'];
        const isBefore = FunctionName === `tandem-${context.stage}-database`;
        assert.equal(NODE_USE_ENV_PROXY, isBefore ? '0' : '1', FunctionName);
        assert.equal(HTTPS_PROXY, `http://egress.tandem-${context.stage}.internal:3128`);
        assert.equal(NODE_EXTRA_CA_CERTS, '/var/runtime/ca-cert.pem');
      }
    });
  });
}
