/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:9';

/** What a deployed function finds in its environment, where none of the services that it needs are. */
export const functionEnvironment = {
  PATH: process.env['PATH'],
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL: nowhere,
  TANDEM_STAGE: 'test',
  TANDEM_STORE: 'dynamodb',
  TANDEM_TABLE: 'tandem-test',
  TANDEM_BUCKET: 'tandem-test-blobs',
  TANDEM_MACHINE: 'arn:aws:states:eu-central-1:000000000000:stateMachine:tandem-test-run',
  TANDEM_RECONCILE_QUEUE: `${nowhere}/reconcile`,
  TANDEM_LIVE_QUEUE: `${nowhere}/live`,
  TANDEM_CONNECTIONS: `${nowhere}/connections`,
  TANDEM_REFUSALS_QUEUE: `${nowhere}/refusals`,
  TANDEM_SPACE_FUNCTION: 'tandem-test-space',
  TANDEM_REPORT: `${nowhere}/v1/report`,
  TANDEM_PROGRAM_FUNCTION: 'tandem-test-program',
  TANDEM_KEY_TICKETS: 'tandem-test-key-tickets',
  TANDEM_KEY_HEADS: 'tandem-test-key-heads',
  TANDEM_KEY_WEBHOOKS: 'tandem-test-key-webhooks',
};
