import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { DockerError } from './docker.ts';
import { carryOut, EcsError } from './operations.ts';
import type { Tasks } from './tasks.ts';

/** The most bytes of a request. */
const longest = 1024 * 1024;

/** Serves the operations over the AWS JSON protocol; `GET /health` answers 200. */
export function launcherServer(tasks: Tasks): Server {
  return createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/health') {
      response.end('{"status":"ok"}');
      return;
    }
    answer(tasks, request)
      .then((body) => reply(response, 200, body))
      .catch((error: unknown) => refuse(response, error));
  });
}

async function answer(tasks: Tasks, request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).byteLength;
    if (size > longest) throw new EcsError('ClientException', 'The request is too long.', 413);
    chunks.push(chunk as Buffer);
  }
  return carryOut(tasks, String(request.headers['x-amz-target'] ?? ''), inputOf(Buffer.concat(chunks)));
}

function inputOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new EcsError('SerializationException', 'The request is not JSON.');
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof EcsError) {
    reply(response, error.status, { __type: error.type, message });
    return;
  }
  const isMissing = error instanceof DockerError && error.status === 404;
  const type = isMissing ? 'ClientException' : 'ServerException';
  reply(response, isMissing ? 400 : 500, { __type: type, message });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
