/**
 * What every client has in common. Region, credentials and endpoints come from the environment as the SDK reads it
 * (`AWS_REGION`, `AWS_ENDPOINT_URL_SQS`…), so nothing here knows where it runs. `standard` retries throttling, failures of
 * the service and cut connections, after growing pauses with full jitter, and stops early when a service refuses most of
 * what it is asked. Connections are kept alive, which is the SDK's default.
 */
export const clientSettings = {
  retryMode: 'standard',
  maxAttempts: 5,
  requestHandler: {
    /** In milliseconds: a service of AWS accepts within a few, so that a second one is tried soon. */
    connectionTimeout: 1_000,
    /** Until the head of the answer, in milliseconds; no call made here takes longer by itself. */
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  },
} as const;
