import type { JsonObject } from '../../../../shared/domain/json.ts';

/** An answer's status and headers, these in lower case. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers as AWS writes them: Node has them in lower case, and whoever reads results has not. */
const spelling: Readonly<Record<string, string>> = {
  'content-length': 'Content-Length',
  'content-type': 'Content-Type',
  date: 'Date',
  server: 'Server',
  'x-amz-executed-version': 'X-Amz-Executed-Version',
  'x-amzn-remapped-content-length': 'x-amzn-Remapped-Content-Length',
  'x-amzn-requestid': 'x-amzn-RequestId',
  'x-amzn-trace-id': 'X-Amzn-Trace-Id',
};

/** What optimized integrations add to a result about the request itself. */
export function metadataOf({ status, headers }: Answered, requestId: string): JsonObject {
  const spelled = Object.entries(headers).map(([name, value]) => [spelling[name] ?? name, value] as const);
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(spelled.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries(spelled),
      HttpStatusCode: status,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
