import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { Place } from '../arns.ts';

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: JsonObject;
}

/** The rest of an ARN by the type of a resource, after partition and colon; `name` is its physical name. */
const arns: Readonly<Record<string, (place: Place, name: string) => string>> = {
  'AWS::DynamoDB::Table': ({ region, account }, name) => `dynamodb:${region}:${account}:table/${name}`,
  'AWS::ECS::Cluster': ({ region, account }, name) => `ecs:${region}:${account}:cluster/${name}`,
  'AWS::ECS::TaskDefinition': ({ region, account }, name) =>
    `ecs:${region}:${account}:task-definition/${name}:1`,
  'AWS::Events::EventBus': ({ region, account }, name) => `events:${region}:${account}:event-bus/${name}`,
  'AWS::IAM::Role': ({ account }, name) => `iam::${account}:role/${name}`,
  'AWS::Lambda::Function': ({ region, account }, name) => `lambda:${region}:${account}:function:${name}`,
  'AWS::S3::Bucket': (_, name) => `s3:::${name}`,
  'AWS::SNS::Topic': ({ region, account }, name) => `sns:${region}:${account}:${name}`,
  'AWS::SQS::Queue': ({ region, account }, name) => `sqs:${region}:${account}:${name}`,
  'AWS::StepFunctions::Activity': ({ region, account }, name) =>
    `states:${region}:${account}:activity:${name}`,
  'AWS::StepFunctions::StateMachine': ({ region, account }, name) =>
    `states:${region}:${account}:stateMachine:${name}`,
};

/** Types whose `Ref` is their ARN. */
const knownByArn: ReadonlySet<string> = new Set([
  'AWS::ECS::TaskDefinition',
  'AWS::SNS::Topic',
  'AWS::StepFunctions::Activity',
  'AWS::StepFunctions::StateMachine',
]);

/** Every name that a resource may be given by its template. */
const nameFields = ['StateMachineName', 'FunctionName', 'QueueName', 'TableName', 'TopicName', 'RoleName'];
const moreNameFields = ['BucketName', 'ClusterName', 'Family', 'Name'];

/** The physical name: that of the template, else the logical id, as nothing else is known before a deployment. */
export function nameOf(id: string, { Properties: given = {} }: Resource): string {
  const named = [...nameFields, ...moreNameFields].map((field) => given[field]);
  return named.find((name): name is string => typeof name === 'string') ?? id;
}

export function arnOf(id: string, resource: Resource, place: Place): string | undefined {
  const arn = Object.hasOwn(arns, resource.Type) ? arns[resource.Type] : undefined;
  return arn && `arn:aws:${arn(place, nameOf(id, resource))}`;
}

/** What `Ref` means for a resource. */
export function refOf(id: string, resource: Resource, place: Place): string {
  const name = nameOf(id, resource);
  if (resource.Type === 'AWS::SQS::Queue')
    return `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`;
  return (knownByArn.has(resource.Type) ? arnOf(id, resource, place) : undefined) ?? name;
}

/** What `Fn::GetAtt` means; `undefined` for what only a deployment knows. */
export function attributeOf(
  id: string,
  resource: Resource,
  attribute: string,
  place: Place,
): Json | undefined {
  if (attribute === 'Arn' || /Arn$/.test(attribute)) return arnOf(id, resource, place);
  return /Name$/.test(attribute) ? nameOf(id, resource) : undefined;
}
