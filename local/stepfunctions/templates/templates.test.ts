import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../shared/domain/json.ts';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { machinesOf } from './machines-of.ts';

const place = { account: '111111111111', region: 'eu-west-1' };

const resources = {
  Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'price' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Table: { Type: 'AWS::DynamoDB::Table' },
  Role: { Type: 'AWS::IAM::Role' },
};

const machine = (properties: Record<string, Json>) => ({
  Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: properties },
});

const read = (properties: Record<string, Json>) =>
  machinesOf(
    JSON.stringify({
      Resources: { ...resources, ...machine(properties) },
      Parameters: { Stage: { Type: 'String', Default: 'test' } },
    }),
    'cdk.out/T.template.json',
    place,
  )[0];

const definition = (value: Json): string | undefined => read({ DefinitionString: value })?.definition;

function problem(text: string): string {
  try {
    machinesOf(text, 'T.json', place);
  } catch (error) {
    assert.ok(isTandemError(error, 'template.invalid'));
    return error.message;
  }
  return assert.fail('It was taken.');
}

describe('state machines of a template', () => {
  test('have the name, type and role that it gives them', () => {
    assert.deepEqual(
      read({
        StateMachineName: 'orders',
        StateMachineType: 'EXPRESS',
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        DefinitionString: '{}',
      }),
      { name: 'orders', type: 'EXPRESS', roleArn: 'arn:aws:iam::111111111111:role/Role', definition: '{}' },
    );
    assert.deepEqual(read({ Definition: { StartAt: 'A' } }), {
      name: 'Machine',
      type: 'STANDARD',
      roleArn: 'arn:aws:iam::111111111111:role/Machine',
      definition: '{"StartAt":"A"}',
    });
  });

  test('refer to other resources by what these will be called', () => {
    const ref = (id: string) => ({ Ref: id });
    const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
    const all = [ref('Fn'), arn('Fn'), ref('Queue'), arn('Queue'), ref('Topic'), ref('Table'), arn('Table')];
    assert.deepEqual(definition({ 'Fn::Join': ['\n', all] })?.split('\n'), [
      'price',
      'arn:aws:lambda:eu-west-1:111111111111:function:price',
      'https://sqs.eu-west-1.amazonaws.com/111111111111/Queue',
      'arn:aws:sqs:eu-west-1:111111111111:Queue',
      'arn:aws:sns:eu-west-1:111111111111:Topic',
      'Table',
      'arn:aws:dynamodb:eu-west-1:111111111111:table/Table',
    ]);
  });

  test('are filled in: parameters, the place, substitutions', () => {
    assert.equal(definition({ Ref: 'Stage' }), 'test');
    const text = 'arn:<AWS::Partition>:<AWS::Region>:<Stage>:<Fn.Arn>:<X>:<!Y>'
      .replaceAll('<', '${')
      .replaceAll('>', '}');
    const sub = definition({ 'Fn::Sub': [text, { X: { Ref: 'AWS::AccountId' } }] });
    const lambda = 'arn:aws:lambda:eu-west-1:111111111111:function:price';
    assert.equal(sub, `arn:aws:eu-west-1:test:${lambda}:111111111111:\${Y}`);
    const substituted = read({
      DefinitionString: `{"Resource":"\${FnArn}"}`,
      DefinitionSubstitutions: { FnArn: { 'Fn::GetAtt': 'Fn.Arn' } },
    });
    assert.equal(substituted?.definition, `{"Resource":"${lambda}"}`);
  });

  test('what cannot be known is told with its place', () => {
    const broken = (value: Json) =>
      problem(JSON.stringify({ Resources: machine({ DefinitionString: value }) }));
    assert.match(broken({ Ref: 'Gone' }), /T\.json: \$\.Resources\.Machine: nothing stands for Gone$/);
    assert.match(broken({ Ref: 'constructor' }), /nothing stands for constructor$/);
    assert.match(broken({ 'Fn::GetAtt': ['A', 'B'] }), /only a deployment knows A\.B$/);
    assert.match(broken({ 'Fn::ImportValue': 'x' }), /Fn::ImportValue is not known here$/);
    assert.match(
      problem(JSON.stringify({ Resources: machine({}) })),
      /neither DefinitionString nor Definition$/,
    );
    assert.match(problem('{'), /^No state machines can be read from T\.json: /);
    assert.match(problem('[]'), /: \$: Invalid input/);
    assert.match(problem('{"Resources":{"A":1}}'), /: \$\.Resources\.A: /);
  });
});
