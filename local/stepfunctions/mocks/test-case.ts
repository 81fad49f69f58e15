/** `stateMachineArn#TestCase`, as StartExecution takes it where mocks are configured. */
export function splitTestCase(arn: string): { readonly arn: string; readonly testCase: string | undefined } {
  const hash = arn.indexOf('#');
  return hash < 0 ? { arn, testCase: undefined } : { arn: arn.slice(0, hash), testCase: arn.slice(hash + 1) };
}
