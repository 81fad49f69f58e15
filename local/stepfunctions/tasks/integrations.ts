import type { Integration } from './integration.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaInvoke } from './lambda-invoke.ts';

const optimized: ReadonlyMap<string, Integration> = new Map([
  ['lambda:invoke', lambdaInvoke(false)],
  ['lambda:invoke.waitForTaskToken', lambdaInvoke(true)],
]);

const statesArn = /^arn:aws[\w-]*:states:[\w-]*:\d*:(.+)$/;
const functionArn = /^arn:aws[\w-]*:lambda:[\w-]*:\d*:function:([\w-]+)(:[\w$-]+)?$/;

/** How the `Resource` of a task is called, or `undefined` for one that is unknown here. */
export function findIntegration(resource: string): Integration | undefined {
  if (functionArn.test(resource)) return lambdaFunction(resource);
  const name = statesArn.exec(resource)?.[1];
  return name === undefined ? undefined : optimized.get(name);
}

/** The plain name of a function given as name, `name:alias` or ARN. */
export function functionNameOf(nameOrArn: string): string {
  return functionArn.exec(nameOrArn)?.[1] ?? nameOrArn.split(':')[0] ?? nameOrArn;
}
