/** A service integration as a `Resource` names it. */
export interface ServiceResource {
  /** `sqs`, `lambda`, `aws-sdk:dynamodb` … */
  readonly service: string;
  readonly action: string;
  readonly pattern: 'request' | 'sync' | 'sync:2' | 'token';
}

export type TaskResource =
  | { readonly kind: 'function'; readonly arn: string }
  | { readonly kind: 'activity'; readonly arn: string }
  | { readonly kind: 'service'; readonly resource: ServiceResource };

const functionArn = /^arn:aws[\w-]*:lambda:[\w-]*:[\w-]*:function:([\w-]+)(:[\w$-]+)?$/;
const activityArn = /^arn:aws[\w-]*:states:[\w-]*:\d*:activity:[^:]+$/;
const serviceArn =
  /^arn:aws[\w-]*:states:[\w-]*:\d*:((?:aws-sdk:)?[\w-]+):(\w+)(?:\.(sync(?::2)?|waitForTaskToken))?$/;

/** What the `Resource` of a task names, or `undefined` when it is of no known form. */
export function parseResource(arn: string): TaskResource | undefined {
  if (functionArn.test(arn)) return { kind: 'function', arn };
  if (activityArn.test(arn)) return { kind: 'activity', arn };
  const [, service, action, suffix] = serviceArn.exec(arn) ?? [];
  if (service === undefined || action === undefined) return undefined;
  const pattern =
    suffix === 'waitForTaskToken' ? 'token' : ((suffix ?? 'request') as 'request' | 'sync' | 'sync:2');
  return { kind: 'service', resource: { service, action, pattern } };
}

/** As the history shows it: `sqs:sendMessage.waitForTaskToken`. */
export function resourceName({ service, action, pattern }: ServiceResource): string {
  if (pattern === 'request') return `${service}:${action}`;
  return `${service}:${action}.${pattern === 'token' ? 'waitForTaskToken' : pattern}`;
}

export function resourceArn(resource: ServiceResource): string {
  return `arn:aws:states:::${resourceName(resource)}`;
}

/** The plain name of a function given as name, `name:alias` or ARN. */
export function functionNameOf(nameOrArn: string): string {
  return functionArn.exec(nameOrArn)?.[1] ?? nameOrArn.split(':')[0] ?? nameOrArn;
}
