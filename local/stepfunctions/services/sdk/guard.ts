import { pipeline, Readable, Transform } from 'node:stream';

/** Bytes of an answer that are read, far beyond what a state may pass on. */
export const maxAnswerBytes = 8 * 1_024 * 1_024;

interface HttpRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
}

interface HttpAnswer {
  readonly response: { body?: unknown; readonly headers: Readonly<Record<string, string>> };
}

export interface RequestHandler {
  handle(request: HttpRequest, options?: unknown): Promise<HttpAnswer>;
}

/** What an SDK was about to call although nobody named it. */
export class StrangeHost extends Error {
  constructor(host: string) {
    super(`The request would have gone to ${host}, which is not the configured endpoint`);
  }
}

/** More was answered than is read. */
export class AnswerTooLarge extends Error {
  constructor() {
    super(`The answer is larger than ${maxAnswerBytes / 1_024 / 1_024} MiB`);
  }
}

const portOf = (protocol: string, port: number | string | undefined): number =>
  Number(port || (protocol === 'https:' ? 443 : 80));

/** A handler that reaches the endpoint and nothing else, whatever the SDK makes of a bucket, a queue or an ARN. */
export function guarded(handler: RequestHandler, endpoint: URL): RequestHandler {
  const handle = async (request: HttpRequest, options?: unknown): Promise<HttpAnswer> => {
    const { protocol, hostname, port } = request;
    const own = endpoint.hostname.replace(/^\[|\]$/g, '');
    const isOwn =
      hostname.replace(/^\[|\]$/g, '') === own &&
      portOf(protocol, port) === portOf(endpoint.protocol, endpoint.port);
    if (!isOwn) throw new StrangeHost(hostname);
    const answer = await handler.handle(request, options);
    bound(answer.response);
    return answer;
  };
  return Object.assign(Object.create(handler), { handle }) as RequestHandler;
}

/** Ends a body that goes on for too long: at once when it says so, else when it has. */
function bound(response: HttpAnswer['response']): void {
  const { body, headers } = response;
  if (!(body instanceof Readable)) return;
  if (Number(headers['content-length'] ?? 0) > maxAnswerBytes) {
    body.destroy();
    throw new AnswerTooLarge();
  }
  let read = 0;
  const counter = new Transform({
    transform(chunk: Uint8Array, _, done) {
      read += chunk.byteLength;
      if (read > maxAnswerBytes) done(new AnswerTooLarge());
      else done(null, chunk);
    },
  });
  // Whoever reads the body is told of its errors; that is all there is to do about them.
  response.body = pipeline(body, counter, () => {});
}
