import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { liveLimits } from '../../../../shared/protocol/live.ts';
import type { LiveSockets } from '../../../gateway/websockets/options.ts';

type Sockets = Pick<LiveSockets, 'send' | 'disconnect'>;

/** Of any path, as the management API of API Gateway has a stage in front. */
const connectionPath = /\/@connections\/([^/?]+)$/;

/**
 * The part of API Gateway's management API that functions use: `POST /@connections/{id}` sends a frame, `DELETE` closes.
 * Only functions reach it: it stands on a port of its own that is not published.
 */
export function managementApi(sockets: () => Sockets | undefined): Server {
  return createServer((request, response) => {
    answer(request, response, sockets()).catch(() => response.destroy());
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  sockets: Sockets | undefined,
): Promise<void> {
  const named = connectionPath.exec(request.url?.split('?', 1)[0] ?? '')?.[1];
  if (named === undefined) return refuse(response, 404, 'NotFoundException');
  const id = decodeURIComponent(named);
  if (request.method === 'DELETE') {
    if (sockets?.disconnect(id)) response.writeHead(204).end();
    else refuse(response, 410, 'GoneException');
    return;
  }
  if (request.method !== 'POST') return refuse(response, 405, 'MethodNotAllowedException');
  const frame = await bodyOf(request);
  if (frame === undefined) return refuse(response, 413, 'PayloadTooLargeException');
  if ((await sockets?.send(id, frame)) === 'sent') response.writeHead(200).end();
  else refuse(response, 410, 'GoneException');
}

/** `undefined` when it is larger than a frame may be. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    parts.push(part as Buffer);
    size += (part as Buffer).byteLength;
    if (size > liveLimits.frameBytes) return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
}

function refuse(response: ServerResponse, status: number, name: string): void {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': name, connection: 'close' };
  response.writeHead(status, headers).end(JSON.stringify({ message: name }));
}
