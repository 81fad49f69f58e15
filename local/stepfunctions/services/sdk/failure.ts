import { type FailurePhase, ServiceFailure } from '../service.ts';
import { type ClientModule, isModelled } from './clients.ts';
import { AnswerTooLarge, StrangeHost } from './guard.ts';
import { errorPrefix, exceptionName, type Style } from './names.ts';

/** How an optimized integration names its service in errors. */
export interface Naming {
  readonly prefix: string;
  /** For errors that the service's model does not name. */
  readonly general: string;
  /** In the cause. */
  readonly service: string;
}

const optimized: Readonly<Record<string, Naming>> = {
  dynamodb: { prefix: 'DynamoDB', general: 'AmazonDynamoDBException', service: 'AmazonDynamoDBv2' },
  ecs: { prefix: 'ECS', general: 'AmazonECSException', service: 'AmazonECS' },
  events: { prefix: 'EventBridge', general: 'AmazonEventBridgeException', service: 'AmazonEventBridge' },
  lambda: { prefix: 'Lambda', general: 'AWSLambdaException', service: 'AWSLambda' },
  sns: { prefix: 'SNS', general: 'AmazonSNSException', service: 'AmazonSNS' },
  sqs: { prefix: 'SQS', general: 'AmazonSQSException', service: 'AmazonSQS' },
  states: { prefix: 'StepFunctions', general: 'AWSStepFunctionsException', service: 'AWSStepFunctions' },
};

export interface Caller {
  readonly module: ClientModule;
  /** As resources name it. */
  readonly service: string;
  /** As the client names it. */
  readonly serviceId: string;
  readonly style: Style;
  readonly phase: FailurePhase;
}

export function namingOf({ service, serviceId, style }: Omit<Caller, 'module' | 'phase'>): Naming {
  const name = errorPrefix(serviceId);
  const sdk = { prefix: name, general: `${name}Exception`, service: name };
  return style === 'optimized' ? (optimized[service] ?? sdk) : sdk;
}

/** What a client rejected with, as Step Functions tells it. */
export function failureOf(error: unknown, caller: Caller): ServiceFailure {
  if (error instanceof ServiceFailure) return error;
  const { prefix, general, service } = namingOf(caller);
  const { phase } = caller;
  if (!isAnswer(error)) {
    return new ServiceFailure({ error: `${prefix}.SdkClientException`, cause: causeOf(error), phase });
  }
  const name = isModelled(caller.module, error.name) ? exceptionName(error.name) : general;
  const { httpStatusCode: status = 0, requestId = 'null' } = error.$metadata;
  const code = error.Error?.Code ?? error.Code ?? error.name;
  const particulars =
    caller.style === 'optimized'
      ? `(Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`
      : `(Service: ${service}, Status Code: ${status}, Request ID: ${requestId}) (SDK Attempt Count: 1)`;
  return new ServiceFailure({ error: `${prefix}.${name}`, cause: `${error.message} ${particulars}`, phase });
}

interface Answer extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly Code?: string;
  readonly Error?: { readonly Code?: string };
}

/** An error that the service has answered with, and none on the way to it. */
function isAnswer(error: unknown): error is Answer {
  return error instanceof Error && '$fault' in error && '$metadata' in error;
}

/** Says what happened, and nothing of what was sent. */
function causeOf(error: unknown): string {
  if (error instanceof StrangeHost || error instanceof AnswerTooLarge) return error.message;
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return `Unable to execute HTTP request: ${message || code || 'the connection was cut'}`;
}
