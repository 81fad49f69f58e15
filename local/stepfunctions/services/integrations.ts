import type { ServiceResource } from '../tasks/resource.ts';

export type Pattern = ServiceResource['pattern'];

/** What a parameter has to be, as far as it is looked at before the call. */
export type ParameterKind = 'any' | 'string' | 'object' | 'list' | 'lists';

/** An integration that Step Functions has made itself, with its own rules. */
export interface Integration {
  readonly patterns: readonly Pattern[];
  readonly required: readonly string[];
  /** Further parameters; `undefined` where none is known to be wrong. */
  readonly optional: readonly string[] | undefined;
  readonly kinds: Readonly<Record<string, ParameterKind>>;
  /** What errors of the service begin with. */
  readonly prefix: string;
}

interface Row {
  readonly patterns: readonly Pattern[];
  readonly prefix: string;
  /** Names with a space between them. */
  readonly required?: string;
  readonly optional?: string;
  readonly kinds?: Readonly<Record<string, ParameterKind>>;
}

const request: readonly Pattern[] = ['request'];
const token: readonly Pattern[] = ['request', 'token'];
const job: readonly Pattern[] = ['request', 'sync'];
const jobOrToken: readonly Pattern[] = ['request', 'sync', 'token'];

const conditions =
  'ConditionalOperator ConditionExpression Expected ExpressionAttributeNames ExpressionAttributeValues ' +
  'ReturnConsumedCapacity ReturnItemCollectionMetrics ReturnValues ReturnValuesOnConditionCheckFailure';

const http = {
  ApiEndpoint: 'string',
  Method: 'string',
  Headers: 'object',
  QueryParameters: 'object',
} as const;

const rows: Readonly<Record<string, Row>> = {
  'apigateway:invoke': {
    patterns: token,
    prefix: 'ApiGateway',
    required: 'ApiEndpoint Method',
    optional: 'AllowNullValues AuthType Headers Path QueryParameters RequestBody Stage',
    kinds: { ...http, Headers: 'lists', QueryParameters: 'lists', Path: 'string', Stage: 'string' },
  },
  'dynamodb:deleteItem': {
    patterns: request,
    prefix: 'DynamoDB',
    required: 'Key TableName',
    optional: conditions,
    kinds: { Key: 'object', TableName: 'string' },
  },
  'dynamodb:getItem': {
    patterns: request,
    prefix: 'DynamoDB',
    required: 'Key TableName',
    optional:
      'AttributesToGet ConsistentRead ExpressionAttributeNames ProjectionExpression ReturnConsumedCapacity',
    kinds: { Key: 'object', TableName: 'string' },
  },
  'dynamodb:putItem': {
    patterns: request,
    prefix: 'DynamoDB',
    required: 'Item TableName',
    optional: conditions,
    kinds: { Item: 'object', TableName: 'string' },
  },
  'dynamodb:updateItem': {
    patterns: request,
    prefix: 'DynamoDB',
    required: 'Key TableName',
    optional: `AttributeUpdates UpdateExpression ${conditions}`,
    kinds: { Key: 'object', TableName: 'string' },
  },
  'ecs:runTask': {
    patterns: jobOrToken,
    prefix: 'ECS',
    required: 'TaskDefinition',
    optional:
      'CapacityProviderStrategy ClientToken Cluster Count EnableECSManagedTags EnableExecuteCommand Group LaunchType ' +
      'NetworkConfiguration Overrides PlacementConstraints PlacementStrategy PlatformVersion PropagateTags ReferenceId ' +
      'StartedBy Tags VolumeConfigurations',
    kinds: { NetworkConfiguration: 'object', Overrides: 'object', TaskDefinition: 'string' },
  },
  'events:putEvents': {
    patterns: token,
    prefix: 'EventBridge',
    required: 'Entries',
    optional: 'EndpointId',
    kinds: { Entries: 'list' },
  },
  'http:invoke': {
    patterns: request,
    prefix: 'States.Http',
    required: 'ApiEndpoint Method',
    optional: 'Authentication Headers InvocationConfig QueryParameters RequestBody Transform',
    kinds: { ...http, Authentication: 'object', InvocationConfig: 'object', Transform: 'object' },
  },
  'lambda:invoke': {
    patterns: token,
    prefix: 'Lambda',
    required: 'FunctionName',
    optional: 'ClientContext InvocationType LogType Payload Qualifier',
    kinds: { FunctionName: 'string' },
  },
  'sns:publish': {
    patterns: token,
    prefix: 'SNS',
    required: 'Message',
    optional:
      'MessageAttributes MessageDeduplicationId MessageGroupId MessageStructure PhoneNumber Subject TargetArn TopicArn',
    kinds: { MessageAttributes: 'object' },
  },
  'sqs:sendMessage': {
    patterns: token,
    prefix: 'SQS',
    required: 'MessageBody QueueUrl',
    optional: 'DelaySeconds MessageAttributes MessageDeduplicationId MessageGroupId MessageSystemAttributes',
    kinds: { MessageAttributes: 'object', QueueUrl: 'string' },
  },
  'states:startExecution': {
    patterns: ['request', 'sync', 'sync:2', 'token'],
    prefix: 'StepFunctions',
    required: 'StateMachineArn',
    optional: 'Input Name TraceHeader',
    kinds: { StateMachineArn: 'string' },
  },
  // Valid in a definition, so that one made for AWS is accepted; passed on without rules of their own.
  'athena:getQueryExecution': { patterns: request, prefix: 'Athena' },
  'athena:getQueryResults': { patterns: request, prefix: 'Athena' },
  'athena:startQueryExecution': { patterns: job, prefix: 'Athena' },
  'athena:stopQueryExecution': { patterns: request, prefix: 'Athena' },
  'batch:submitJob': { patterns: job, prefix: 'Batch' },
  'bedrock:createModelCustomizationJob': { patterns: job, prefix: 'Bedrock' },
  'bedrock:invokeModel': { patterns: token, prefix: 'Bedrock' },
  'codebuild:batchDeleteBuilds': { patterns: request, prefix: 'CodeBuild' },
  'codebuild:batchGetReports': { patterns: request, prefix: 'CodeBuild' },
  'codebuild:startBuild': { patterns: job, prefix: 'CodeBuild' },
  'codebuild:startBuildBatch': { patterns: job, prefix: 'CodeBuild' },
  'codebuild:stopBuild': { patterns: request, prefix: 'CodeBuild' },
  'databrew:startJobRun': { patterns: job, prefix: 'DataBrew' },
  'eks:call': { patterns: request, prefix: 'EKS' },
  'eks:createCluster': { patterns: job, prefix: 'EKS' },
  'eks:createFargateProfile': { patterns: job, prefix: 'EKS' },
  'eks:createNodegroup': { patterns: job, prefix: 'EKS' },
  'eks:deleteCluster': { patterns: job, prefix: 'EKS' },
  'eks:deleteFargateProfile': { patterns: job, prefix: 'EKS' },
  'eks:deleteNodegroup': { patterns: job, prefix: 'EKS' },
  'eks:runJob': { patterns: job, prefix: 'EKS' },
  'elasticmapreduce:addStep': { patterns: job, prefix: 'EMR' },
  'elasticmapreduce:cancelStep': { patterns: request, prefix: 'EMR' },
  'elasticmapreduce:createCluster': { patterns: job, prefix: 'EMR' },
  'elasticmapreduce:modifyInstanceFleetByName': { patterns: request, prefix: 'EMR' },
  'elasticmapreduce:modifyInstanceGroupByName': { patterns: request, prefix: 'EMR' },
  'elasticmapreduce:setClusterTerminationProtection': { patterns: request, prefix: 'EMR' },
  'elasticmapreduce:terminateCluster': { patterns: job, prefix: 'EMR' },
  'emr-containers:createVirtualCluster': { patterns: request, prefix: 'EMRContainers' },
  'emr-containers:deleteVirtualCluster': { patterns: job, prefix: 'EMRContainers' },
  'emr-containers:startJobRun': { patterns: job, prefix: 'EMRContainers' },
  'emr-serverless:createApplication': { patterns: job, prefix: 'EMRServerless' },
  'emr-serverless:deleteApplication': { patterns: job, prefix: 'EMRServerless' },
  'emr-serverless:startApplication': { patterns: job, prefix: 'EMRServerless' },
  'emr-serverless:startJobRun': { patterns: job, prefix: 'EMRServerless' },
  'emr-serverless:stopApplication': { patterns: job, prefix: 'EMRServerless' },
  'glue:startJobRun': { patterns: job, prefix: 'Glue' },
  'mediaconvert:createJob': { patterns: job, prefix: 'MediaConvert' },
  'sagemaker:createEndpoint': { patterns: request, prefix: 'SageMaker' },
  'sagemaker:createEndpointConfig': { patterns: request, prefix: 'SageMaker' },
  'sagemaker:createHyperParameterTuningJob': { patterns: job, prefix: 'SageMaker' },
  'sagemaker:createLabelingJob': { patterns: job, prefix: 'SageMaker' },
  'sagemaker:createModel': { patterns: request, prefix: 'SageMaker' },
  'sagemaker:createProcessingJob': { patterns: job, prefix: 'SageMaker' },
  'sagemaker:createTrainingJob': { patterns: job, prefix: 'SageMaker' },
  'sagemaker:createTransformJob': { patterns: job, prefix: 'SageMaker' },
  'sagemaker:updateEndpoint': { patterns: request, prefix: 'SageMaker' },
};

const words = (text: string | undefined): readonly string[] => text?.split(' ') ?? [];

/** The integration that a resource names without `aws-sdk`. */
export function findOptimized(service: string, action: string): Integration | undefined {
  const name = `${service}:${action}`;
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (row === undefined) return;
  const { patterns, prefix, required, optional, kinds = {} } = row;
  return {
    patterns,
    prefix,
    required: words(required),
    optional: required === undefined ? undefined : words(optional),
    kinds,
  };
}

/** Names of all of them, as resources have them. */
export const optimizedNames: readonly string[] = Object.keys(rows);
