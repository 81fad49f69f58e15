/** The variable that tells the suite which stage it is to be run on. */
export const stageVariable = 'TANDEM_TEST_STAGE';

/**
 * What the suite finds in its environment: the stage, and, for the stage that Docker Compose has deployed into LocalStack,
 * where its endpoints are.
 */
export function surroundingsOf(stage: string): Readonly<Record<string, string>> {
  if (stage !== 'twin') return { [stageVariable]: stage };
  return {
    [stageVariable]: stage,
    AWS_ENDPOINT_URL: 'http://localhost:4566',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}
