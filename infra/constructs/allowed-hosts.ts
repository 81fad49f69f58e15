import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What everybody in the network may reach: the front door, where workers report, and S3 where no route of its own leads
 * there. Which front door is known by its stack only, so that it is all of this region's; each asks for a ticket or token.
 */
export const allowedHosts = (scope: IConstruct): string[] => {
  const { region, urlSuffix } = Stack.of(scope);
  return [`.execute-api.${region}.${urlSuffix}`];
};
