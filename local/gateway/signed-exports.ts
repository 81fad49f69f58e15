import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportFile } from '../../shared/application/exports/export-run.ts';
import type { ExportedRuns } from '../../shared/ports/exports.ts';
import type { RawRoute } from './gateway.ts';

export interface SignedExportsOptions {
  readonly exported: (runs: ExportedRuns) => Promise<ExportFile>;
  /** What the path and query of an address stand for; throws `address.refused` when it isn't good. */
  readonly verify: (address: string) => ExportedRuns;
}

/** Serves the addresses of exports: the file is made while it is fetched, and is nowhere else. */
export function signedExportRoute({ exported, verify }: SignedExportsOptions): RawRoute {
  return {
    method: 'GET',
    path: '/v1/exports/{tenant}/{run}',
    async handle(request, response) {
      const runs = verify(request.url ?? '');
      const { size, bytes } = await exported(runs);
      response.writeHead(200, {
        'content-type': 'application/x-tar',
        'content-length': size,
        'content-disposition': `attachment; filename="${runs.run}.tar"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      });
      if (request.method === 'HEAD') response.end();
      // What fails from here on cuts the connection, which the reader sees by the length.
      else await pipeline(Readable.from(bytes, { objectMode: false }), response).catch(unlessTheyLeft);
    },
  };
}

/** Whoever fetches may stop: nothing has gone wrong on this side. */
function unlessTheyLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
