import { capitalised, type MemberNaming, sdkName } from './member-names.ts';

/** What the mocked result of a task has to look like: the answer of an action, or a part of it. */
export interface ExpectedAnswer {
  /** As in `aws-sdk:<service>`. */
  readonly service: string;
  readonly action: string;
  readonly naming: MemberNaming;
  /** Path to the part of the answer that is the result; a list on the way stands for its items. */
  readonly part: readonly string[];
  /** Fields of the result that the integration makes JSON of, whatever the service says. */
  readonly free: readonly string[];
}

const optimized: Readonly<Record<string, string>> = {
  athena: 'athena',
  batch: 'batch',
  bedrock: 'bedrockruntime',
  codebuild: 'codebuild',
  databrew: 'databrew',
  dynamodb: 'dynamodb',
  ecs: 'ecs',
  eks: 'eks',
  elasticmapreduce: 'emr',
  'emr-containers': 'emrcontainers',
  'emr-serverless': 'emrserverless',
  events: 'eventbridge',
  glue: 'glue',
  lambda: 'lambda',
  mediaconvert: 'mediaconvert',
  sagemaker: 'sagemaker',
  sns: 'sns',
  sqs: 'sqs',
  states: 'sfn',
};

/** What `.sync` asks for until a job has ended, and which part of that answer becomes the result. */
const polling: Readonly<Record<string, readonly [action: string, ...part: string[]]>> = {
  'athena:startqueryexecution': ['GetQueryExecution'],
  'batch:submitjob': ['DescribeJobs', 'jobs'],
  'codebuild:startbuild': ['BatchGetBuilds'],
  'ecs:runtask': ['DescribeTasks', 'tasks'],
  'emr-containers:startjobrun': ['DescribeJobRun', 'jobRun'],
  'emr-serverless:startjobrun': ['GetJobRun', 'jobRun'],
  'glue:startjobrun': ['GetJobRun', 'JobRun'],
  'sagemaker:createprocessingjob': ['DescribeProcessingJob'],
  'sagemaker:createtrainingjob': ['DescribeTrainingJob'],
  'sagemaker:createtransformjob': ['DescribeTransformJob'],
  'states:startexecution': ['DescribeExecution'],
};

const freeFields: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['Payload'],
  'bedrock:invokemodel': ['Body'],
  'states:startexecution.sync:2': ['Input', 'Output'],
};

/** `undefined` where a result may be anything: functions, activities, tokens, HTTP, services without a model. */
export function expectedAnswer(resource: string): ExpectedAnswer | undefined {
  const match = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:)?([a-z0-9-]+):([A-Za-z0-9]+)(?:\.(.+))?$/.exec(
    resource,
  );
  const [, sdk, service = '', action = '', pattern] = match ?? [];
  if (match === null || pattern === 'waitForTaskToken') return undefined;
  if (sdk !== undefined) return { service, action, naming: sdkName, part: [], free: [] };
  const model = Object.hasOwn(optimized, service) ? optimized[service] : undefined;
  if (model === undefined) return undefined;
  const key = `${service}:${action.toLowerCase()}`;
  const free = freeFields[pattern === undefined ? key : `${key}.${pattern}`] ?? [];
  if (pattern === undefined) return { service: model, action, naming: capitalised, part: [], free };
  const [polled, ...part] = polling[key] ?? [];
  return polled === undefined
    ? undefined
    : { service: model, action: polled, naming: capitalised, part, free };
}
