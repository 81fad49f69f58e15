import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { accept } from './accept.ts';

/** Every wildcard that a role of ours may have, and why; any other is a finding. */
const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\*$/, 'X-Ray, network interfaces and lists of a cluster: actions that know no resource of their own.'],
  [/:s3:::tandem-[^/]*\/\*$/, 'Blobs are named by what they hold: which there are nobody can know before.'],
  [/:execution:tandem-[^:]*-run:\*$/, 'Executions are named after runs, which are made all the time.'],
  [/:execute-api:.*\/@connections\/\*$/, 'Connections of the WebSocket API come and go.'],
  [
    /:task-definition\/tandem-[^:]*:\*$/,
    'Revisions of one task definition; the condition names the cluster.',
  ],
  [/:task\/tandem-[^/]*-spaces\/\*$/, 'Tasks of one cluster, named as they are started.'],
];

/** Why a role may have this resource with a wildcard in it, as cdk-nag writes it; none: it may not. */
export const reasonFor = (resource: string): string | undefined =>
  reasons.find(([pattern]) => pattern.test(resource))?.[1];

/** Accepts those wildcards of a role that have a reason; what has none is left for cdk-nag to find. */
export function acceptWildcards(role: IConstruct, statements: readonly PolicyStatement[]): void {
  const stack = Stack.of(role);
  const resources = statements.flatMap((statement) => statement.resources);
  for (const resource of resources.map((one) => flatten(stack.resolve(one)))) {
    const reason = resource.includes('*') ? reasonFor(resource) : undefined;
    if (reason) accept(role, { [`AwsSolutions-IAM5[Resource::${resource}]`]: reason });
  }
}

/** A resource as cdk-nag writes it: text with references in angle brackets. */
export function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[kind, argument] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
  if (kind === 'Ref') return `<${argument}>`;
  if (kind === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (kind !== 'Fn::Join') return `<${kind}>`;
  const [separator, parts] = argument as [string, unknown[]];
  return parts.map(flatten).join(separator);
}
