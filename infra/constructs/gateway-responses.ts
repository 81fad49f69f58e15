import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type ErrorCode, errorCatalogue } from '../../shared/errors/catalogue.ts';

/** What API Gateway says itself, and which error of ours it is. */
const answers: readonly (readonly [ResponseType, ErrorCode])[] = [
  [ResponseType.UNAUTHORIZED, 'auth.missing'],
  [ResponseType.ACCESS_DENIED, 'auth.invalid'],
  [ResponseType.INVALID_API_KEY, 'auth.forbidden'],
  [ResponseType.AUTHORIZER_FAILURE, 'auth.unavailable'],
  [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, 'auth.unavailable'],
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 'route.not-found'],
  [ResponseType.RESOURCE_NOT_FOUND, 'route.not-found'],
  [ResponseType.REQUEST_TOO_LARGE, 'request.too-large'],
  [ResponseType.THROTTLED, 'limit.rate'],
  [ResponseType.QUOTA_EXCEEDED, 'limit.rate'],
  [ResponseType.WAF_FILTERED, 'limit.rate'],
  [ResponseType.BAD_REQUEST_PARAMETERS, 'request.invalid'],
  [ResponseType.DEFAULT_4XX, 'request.invalid'],
  [ResponseType.DEFAULT_5XX, 'internal'],
];

/** Gives what API Gateway refuses itself the shape of every other problem: clients read one kind of answer. */
export function speakAsWeDo(api: RestApi): void {
  for (const [type, code] of answers) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(errorCatalogue[code].status),
      responseHeaders: {
        'content-type': "'application/problem+json'",
        'cache-control': "'no-store'",
        'x-content-type-options': "'nosniff'",
        'x-request-id': 'context.requestId',
        ...headersOf(code),
      },
      templates: { 'application/json': problem(code) },
    });
  }
}

function headersOf(code: ErrorCode): Record<string, string> {
  const { status } = errorCatalogue[code];
  if (status === 429 || status === 503) return { 'retry-after': "'1'" };
  const refused = code === 'auth.invalid' ? ', error=\\"invalid_token\\"' : '';
  return status === 401 ? { 'www-authenticate': `'Bearer realm=\\"tandem\\"${refused}'` } : {};
}

/** A problem document with what API Gateway fills in; its templates know variables and nothing else. */
function problem(code: ErrorCode): string {
  const { status, title, retryable, remedy } = errorCatalogue[code];
  return JSON.stringify({
    type: `urn:tandem:error:${code}`,
    title,
    status,
    detail: title,
    instance: '$context.path',
    code,
    retryable,
    remedy,
    error: { code, message: title, details: {} },
    meta: { requestId: '$context.requestId' },
  });
}
