import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { sha256 } from '../../shared/domain/canonical.ts';
import type { BlobRef, Digest } from '../../shared/domain/content.ts';
import type { Head, RunEvent } from '../../shared/domain/events.ts';
import { blobPath } from '../../shared/files/blob-name.ts';
import { openAtRest } from './at-rest.ts';

/** A run's log as it was saved. */
export interface SavedRun {
  readonly tenant: string;
  readonly run: string;
  readonly head: Head;
}

/** The logs and blobs of a folder that nobody writes to, read as they lie there, whatever release wrote them. */
export class SavedData {
  readonly #folder: string;
  readonly #database: DatabaseSync;
  readonly #heads: StatementSync;
  readonly #events: StatementSync;
  readonly #blob: StatementSync;

  constructor(folder: string) {
    this.#folder = folder;
    this.#database = openAtRest(join(folder, 'log.db'));
    this.#heads = this.#database.prepare('SELECT * FROM heads ORDER BY run, tenant');
    this.#events = this.#database.prepare(
      'SELECT event FROM events WHERE run = ? AND tenant = ? ORDER BY seq',
    );
    this.#blob = this.#database.prepare(`
      SELECT bytes FROM blobs WHERE substr(digest, 1, 8) = substr(?2, 1, 8) AND digest = ?2 AND tenant = ?1`);
  }

  /** How many runs there are. */
  count(): number {
    return Number(this.#database.prepare('SELECT count(*) AS runs FROM heads').get()?.['runs']);
  }

  *runs(): Generator<SavedRun> {
    for (const { tenant, run, seq, hash, signature } of this.#heads.iterate()) {
      const signed = signature === null ? {} : { signature: JSON.parse(signature as string) };
      const head = { run: run as string, seq: seq as number, hash: hash as string, ...signed };
      yield { tenant: tenant as string, run: head.run, head };
    }
  }

  *events({ run, tenant }: SavedRun): Generator<RunEvent> {
    for (const { event } of this.#events.iterate(run, tenant)) yield JSON.parse(event as string);
  }

  /** Whether the bytes are there, with the size that was said; those of a row are held against their name as well. */
  async has(tenant: string, { blob, size }: BlobRef): Promise<boolean> {
    const bytes = this.#row(tenant, blob);
    if (bytes) return bytes.byteLength === size && sha256(bytes) === blob;
    const file = await stat(this.#path(tenant, blob)).catch(() => undefined);
    return file?.size === size;
  }

  async get(tenant: string, digest: Digest): Promise<Uint8Array | undefined> {
    return this.#row(tenant, digest) ?? readFile(this.#path(tenant, digest)).catch(() => undefined);
  }

  close(): void {
    this.#database.close();
  }

  #row(tenant: string, digest: Digest): Uint8Array | undefined {
    return this.#blob.get(tenant, Buffer.from(digest, 'hex'))?.['bytes'] as Uint8Array | undefined;
  }

  #path(tenant: string, digest: Digest): string {
    return blobPath(join(this.#folder, 'blobs'), { tenant, digest });
  }
}
