import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** What a right comes to: statements of a role, and variables of a function. */
export interface Granted {
  readonly statements: readonly PolicyStatement[];
  readonly variables: Readonly<Record<string, string>>;
}

/** One statement: these actions, on these things, and nothing else. */
export const may = (actions: readonly string[], resources: readonly string[]) =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });
