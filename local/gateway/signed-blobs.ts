import type { IncomingMessage, ServerResponse } from 'node:http';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import { reportLimits } from '../../shared/protocol/report-limits.ts';
import type { RawRoute } from './gateway.ts';
import { incomingBytes } from './request-body.ts';

/** What a signed address stands for. */
export interface SignedBlob {
  readonly tenant: string;
  readonly digest: string;
  readonly mediaType?: string;
  readonly filename?: string;
  /** Of a PUT: exactly so many bytes. */
  readonly size?: number;
}

export interface SignedBlobsOptions {
  readonly blobs: Blobs;
  /** What the path and query of an address stand for; throws `address.refused` when it isn't good for `method`. */
  readonly verify: (address: string, method: 'GET' | 'PUT') => SignedBlob;
}

const path = '/v1/blobs/{tenant}/{digest}';

/** Serves the addresses that the blobs port signs, as S3 does on AWS: bytes down by GET, up by PUT. */
export function signedBlobRoutes({ blobs, verify }: SignedBlobsOptions): readonly RawRoute[] {
  return [
    {
      method: 'GET',
      path,
      async handle(request, response) {
        const blob = verify(request.url ?? '', 'GET');
        const bytes = await blobs.forTenant(blob.tenant).get(blob.digest);
        if (bytes === undefined) throw new TandemError('resource.not-found');
        response.writeHead(200, { ...headersOf(blob), 'content-length': bytes.byteLength });
        response.end(request.method === 'HEAD' ? undefined : bytes);
      },
    },
    {
      method: 'PUT',
      path,
      async handle(request, response) {
        const blob = verify(request.url ?? '', 'PUT');
        await receive(request, blob, blobs);
        answerEmpty(response);
      },
    },
  ];
}

async function receive(
  request: IncomingMessage,
  { tenant, digest, size }: SignedBlob,
  blobs: Blobs,
): Promise<void> {
  const bytes = incomingBytes(request, size ?? reportLimits.fileBytes);
  const kept = await blobs.forTenant(tenant).receive(digest, bytes);
  // Whoever announced another size than the digest's bytes have is wrong about one of the two.
  if (size !== undefined && kept.size !== size)
    throw new TandemError('upload.mismatch', { details: { size } });
}

function answerEmpty(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 0 });
  response.end();
}

/** Labelled for download: what agents made must not run as a page of this origin. */
function headersOf({ digest, mediaType, filename }: SignedBlob): Record<string, string> {
  return {
    'content-type':
      mediaType !== undefined && isMediaType.test(mediaType) ? mediaType : 'application/octet-stream',
    'content-disposition':
      filename === undefined ? 'attachment' : `attachment; filename*=UTF-8''${encodedName(filename)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
    etag: `"${digest}"`,
  };
}

const isMediaType = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)*$/;

/** RFC 8187. */
function encodedName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
