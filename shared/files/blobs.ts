import { dirname, join } from 'node:path';
import { sha256 } from '../domain/canonical.ts';
import type { BlobRef } from '../domain/content.ts';
import { MeasuredBytes } from '../domain/measured-bytes.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Blobs, SignedUrlOptions, TenantBlobs } from '../ports/blobs.ts';
import { type BlobName, blobPath } from './blob-name.ts';
import { DurableFolders } from './durable-folders.ts';
import { syncFolder, writeDurably } from './durable-write.ts';
import { type FileSystem, nodeFileSystem, systemCode } from './file-system.ts';
import { signUrl, type UrlSigning } from './signed-url.ts';
import { UnfinishedFiles } from './unfinished-files.ts';

export interface FileBlobsOptions extends UrlSigning {
  /** Holds a folder for each tenant. */
  readonly folder: string;
  /** Where the gateway is reached, such as `http://127.0.0.1:4700`; asked each time, as the port may be chosen late. */
  readonly baseUrl: () => string;
  readonly files?: FileSystem;
}

/** Blobs whose durability this process need not look after again. */
const rememberedBlobs = 10_000;

/** Content-addressed files: `<folder>/<tenant>/<aa>/<digest>`; one process at a time writes. */
export class FileBlobs implements Blobs {
  readonly #options: FileBlobsOptions;
  readonly #files: FileSystem;
  readonly #folders: DurableFolders;
  readonly #unfinished: UnfinishedFiles;
  readonly #durable = new Set<string>();
  readonly #underway = new Map<string, Promise<void>>();
  readonly #removals = new Map<string, Promise<unknown>>();

  constructor(options: FileBlobsOptions) {
    this.#options = options;
    this.#files = options.files ?? nodeFileSystem;
    this.#folders = new DurableFolders(this.#files, options.folder);
    this.#unfinished = new UnfinishedFiles(this.#files, join(options.folder, '.unfinished'));
  }

  forTenant(tenant: string): TenantBlobs {
    return {
      put: (bytes) => this.#put(tenant, bytes),
      receive: (digest, bytes) => this.#receive({ tenant, digest }, bytes),
      get: (digest) => this.#get({ tenant, digest }),
      size: async (digest) => this.#size(this.#path({ tenant, digest })),
      remove: (digest, isWanted) => this.#remove(this.#path({ tenant, digest }), isWanted),
      signedUrl: (digest, options) => this.#signedUrl({ tenant, digest }, options),
    };
  }

  async #put(tenant: string, bytes: Uint8Array): Promise<BlobRef> {
    const digest = sha256(bytes);
    const path = this.#path({ tenant, digest });
    while (this.#removals.has(path)) await this.#removals.get(path);
    // From here to the entry below nothing else happens: no removal can begin in between.
    const underway = this.#underway.get(path) ?? this.#store(path, bytes);
    this.#underway.set(path, underway);
    try {
      await underway;
    } catch (error) {
      throw storageError(error, path);
    } finally {
      this.#underway.delete(path);
    }
    return { blob: digest, size: bytes.byteLength };
  }

  /** Not together with others that bring the same bytes: who fails must not fail for them. */
  async #receive(name: BlobName, bytes: AsyncIterable<Uint8Array>): Promise<BlobRef> {
    const path = this.#path(name);
    const measured = new MeasuredBytes(bytes);
    try {
      await this.#folders.make(dirname(path));
      const temporary = await this.#unfinished.next();
      const check = () => measured.assertAre(name.digest);
      await writeDurably(this.#files, { path, bytes: measured, temporary, check });
    } catch (error) {
      throw storageError(error, path);
    }
    this.#remember(path);
    return { blob: name.digest, size: measured.size };
  }

  async #store(path: string, bytes: Uint8Array): Promise<void> {
    const present = (await this.#size(path)) === bytes.byteLength;
    if (present && this.#durable.has(path)) return;
    await this.#folders.make(dirname(path));
    // A process that died in between may have left the name unsynced.
    if (present) await syncFolder(this.#files, dirname(path));
    else await writeDurably(this.#files, { path, bytes, temporary: await this.#unfinished.next() });
    this.#remember(path);
  }

  /** Until the name is gone for good, whoever puts the same bytes waits, and then stores them anew. */
  async #remove(path: string, isWanted: () => boolean): Promise<boolean> {
    while (this.#underway.has(path)) await this.#underway.get(path)?.catch(() => undefined);
    while (this.#removals.has(path)) await this.#removals.get(path);
    if (isWanted() || this.#underway.has(path)) return false;
    this.#durable.delete(path);
    const removal = this.#files.rm(path, { force: true }).then(() => syncParent(this.#files, path));
    this.#removals.set(
      path,
      removal.catch(() => undefined),
    );
    try {
      await removal;
      return true;
    } catch (error) {
      throw storageError(error, path);
    } finally {
      this.#removals.delete(path);
    }
  }

  async #get({ tenant, digest }: BlobName): Promise<Uint8Array | undefined> {
    const path = this.#path({ tenant, digest });
    const bytes = await orAbsent(this.#files.readFile(path), path);
    if (bytes && sha256(bytes) !== digest) {
      throw new TandemError('data.damaged', {
        message: `${path} no longer holds what its name says.`,
        details: { digest },
      });
    }
    return bytes;
  }

  async #size(path: string): Promise<number | undefined> {
    return (await orAbsent(this.#files.stat(path), path))?.size;
  }

  async #signedUrl(name: BlobName, options: SignedUrlOptions): Promise<string> {
    this.#path(name);
    return this.#options.baseUrl() + signUrl(name, options, this.#options);
  }

  #path(name: BlobName): string {
    return blobPath(this.#options.folder, name);
  }

  #remember(path: string): void {
    this.#durable.add(path);
    if (this.#durable.size > rememberedBlobs)
      this.#durable.delete(this.#durable.keys().next().value as string);
  }
}

/** Without a folder there is no name. */
async function syncParent(files: FileSystem, path: string): Promise<void> {
  await orAbsent(syncFolder(files, dirname(path)), path);
}

async function orAbsent<T>(answer: Promise<T>, path: string): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw storageError(error, path);
  }
}

function storageError(error: unknown, path: string): unknown {
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new TandemError('data.full', { message: `There is no space left for ${path}.`, cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new TandemError('data.permission', {
        message: `${path} cannot be read and written.`,
        cause: error,
      });
    default:
      return error;
  }
}
