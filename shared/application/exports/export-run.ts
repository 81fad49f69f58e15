import type { Digest } from '../../domain/content.ts';
import { exportNames } from '../../domain/exports/layout.ts';
import { paddingOf, type TarFile, tarBlock, tarEnd, tarHeader } from '../../domain/exports/tar.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import { missing } from '../workspace/folder.ts';
import { type ExportPlan, type ExportRequest, eventLines, manifestOf, planExport } from './plan-export.ts';

/** An export file on its way. */
export interface ExportFile {
  /** Bytes of all of it. */
  readonly size: number;
  /** Throws when a blob is lost, or an event was erased, while it is made: the file then ends early. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

interface Part extends TarFile {
  bytes(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A run as one file: the same run makes the same bytes. In memory are a page of events or one blob at a time. */
export async function exportRun(app: App, request: ExportRequest): Promise<ExportFile> {
  const plan = await planExport(app, request);
  let size = tarEnd.byteLength;
  for (const part of partsOf(app, plan)) size += tarBlock + part.size + paddingOf(part.size);
  return { size, bytes: archive(partsOf(app, plan)) };
}

function* partsOf(app: App, plan: ExportPlan): Generator<Part> {
  const { tenant, runs, folders, blobs } = plan;
  yield textPart(exportNames.manifest, manifestOf(plan));
  for (const { run, head, bytes } of runs) {
    yield { name: exportNames.events(run), size: bytes, bytes: () => lines(app, tenant, head) };
    yield textPart(exportNames.head(run), head);
  }
  const blob = (digest: Digest) => () => blobBytes(app, tenant, digest);
  for (const [digest, size] of folders) yield { name: exportNames.folder(digest), size, bytes: blob(digest) };
  for (const [digest, size] of blobs) yield { name: exportNames.blob(digest), size, bytes: blob(digest) };
}

function textPart(name: string, value: unknown): Part {
  const bytes = Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
  return { name, size: bytes.byteLength, bytes: () => [bytes] };
}

async function* lines(app: App, tenant: string, head: { run: string; seq: number }) {
  for await (const { text } of eventLines(app, tenant, head)) yield Buffer.from(text);
}

async function* blobBytes(app: App, tenant: string, digest: Digest): AsyncGenerator<Uint8Array> {
  const bytes = await app.blobs.forTenant(tenant).get(digest);
  if (bytes === undefined) throw missing(digest);
  yield bytes;
}

async function* archive(parts: Iterable<Part>): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    yield tarHeader(part);
    let left = part.size;
    for await (const bytes of part.bytes()) {
      left -= bytes.byteLength;
      yield bytes;
    }
    if (left !== 0) throw new TandemError('log.conflict', { message: `${part.name} has changed meanwhile` });
    yield new Uint8Array(paddingOf(part.size));
  }
  yield tarEnd;
}
