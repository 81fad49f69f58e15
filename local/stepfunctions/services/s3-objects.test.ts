import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { noObjects, ObjectFailure, type Objects } from '../map-runs/objects.ts';
import { endpointsFrom } from './endpoints.ts';
import { s3Objects } from './s3-objects.ts';

/** As much of S3 as is asked here: one bucket `b`, and lists of one key a page. */
async function store(context: TestContext): Promise<{ objects: Objects; kept: Map<string, Buffer> }> {
  const kept = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, bucket, ...rest] = pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    if (bucket !== 'b') return answer(404, failure('NoSuchBucket', 'The specified bucket does not exist'));
    if (request.method === 'PUT') {
      kept.set(key, Buffer.concat(chunks));
      return answer(200, '');
    }
    if (key === '') return answer(200, page(searchParams));
    const body = kept.get(key);
    if (body === undefined) return answer(404, failure('NoSuchKey', 'The specified key does not exist.'));
    return answer(200, body);

    function answer(status: number, content: string | Buffer): void {
      response.writeHead(status, { 'x-amz-request-id': 'r1' }).end(content);
    }
  });
  const page = (asked: URLSearchParams): string => {
    const keys = [...kept.keys()].filter((key) => key.startsWith(asked.get('prefix') ?? '')).sort();
    const from = Number(asked.get('continuation-token') ?? 0);
    const [key] = keys.slice(from);
    const more = from + 1 < keys.length;
    const content = `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"e"</ETag><Size>${kept.get(key ?? '')?.length}</Size></Contents>`;
    const next = more ? `<NextContinuationToken>${from + 1}</NextContinuationToken>` : '';
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${key === undefined ? '' : content}</ListBucketResult>`;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.closeAllConnections());
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const endpoints = endpointsFrom({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` });
  return { objects: s3Objects(endpoints), kept };
}

const failure = (code: string, message: string): string =>
  `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;

test('objects are written, read and listed over all pages', async (context) => {
  const { objects, kept } = await store(context);
  const bytes = Buffer.from([0, 255, 10, 128]);
  await objects.put('b', 'in/1 x', bytes);
  await objects.put('b', 'in/2', Buffer.from('two'));
  await objects.put('b', 'out', Buffer.from(''));
  assert.deepEqual(kept.get('in/1 x'), bytes);
  assert.deepEqual(await objects.get('b', 'in/1 x'), bytes);
  const listed = await Array.fromAsync(objects.list('b', 'in/'));
  const common = { etag: '"e"', lastModified: 1_767_225_600, storageClass: 'STANDARD' };
  assert.deepEqual(listed, [
    { key: 'in/1 x', size: 4, ...common },
    { key: 'in/2', size: 3, ...common },
  ]);
});

test('what is not there is told as S3 tells it', async (context) => {
  const { objects } = await store(context);
  const told = (message: RegExp) => (error: unknown) =>
    error instanceof ObjectFailure && message.test(error.message);
  await assert.rejects(
    objects.get('b', 'none'),
    told(/^The specified key does not exist\. \(Service: S3, Status Code: 404, Request ID: r1\)$/),
  );
  await assert.rejects(objects.get('other', 'k'), told(/^The specified bucket does not exist/));
  await assert.rejects(Array.fromAsync(objects.list('other', undefined)), told(/bucket does not exist/));
  await assert.rejects(objects.put('other', 'k', Buffer.from('')), told(/bucket does not exist/));
});

test('without an endpoint nothing is called', () => {
  assert.equal(s3Objects(endpointsFrom({})), noObjects);
});
