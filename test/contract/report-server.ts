import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import { ReportDesk } from './report-desk.ts';

/** A desk behind HTTP, with blobs at addresses that work. */
export interface ReportServer {
  readonly desk: ReportDesk;
  /** Of `POST /v1/report`. */
  readonly address: string;
  /** Breaks every connection and refuses new ones. */
  close(): Promise<void>;
}

/** `host`: where it listens; its address is that of this machine in any case. */
export async function openReportServer(context: TestContext, host = '127.0.0.1'): Promise<ReportServer> {
  const stored = new MemoryBlobs(new MemoryDisk().open());
  const server = createServer((request, response) => {
    answer(desk, request, response).catch((error) => {
      response.writeHead(isTandemError(error) ? error.status : 500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const desk = new ReportDesk(withAddresses(stored, base));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  context.after(close);
  return { desk, address: `${base}/v1/report`, close };
}

function withAddresses(blobs: Blobs, base: string): Blobs {
  return {
    forTenant: (tenant) => ({
      ...blobs.forTenant(tenant),
      signedUrl: async (digest) => `${base}/blobs/${digest}`,
    }),
  };
}

async function answer(desk: ReportDesk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (request.url === '/v1/report') {
    const ticket = (request.headers.authorization ?? '').replace('Ticket ', '');
    response.end(JSON.stringify({ data: await desk.report(ticket, JSON.parse(body.toString())) }));
    return;
  }
  const digest = request.url?.replace('/blobs/', '') ?? '';
  if (request.method === 'PUT') {
    const { blob } = await desk.blobs.put(body);
    response.writeHead(blob === digest ? 200 : 400).end();
    return;
  }
  const bytes = await desk.blobs.get(digest);
  response.writeHead(bytes ? 200 : 404).end(bytes);
}
