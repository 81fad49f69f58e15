import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { sha256 } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/content.ts';
import type { Head, RunEvent } from '../../domain/events.ts';
import { type ExportedRun, exportFormat, exportNames } from '../../domain/exports/layout.ts';
import type { TarFile } from '../../domain/exports/tar.ts';
import { isSignature } from '../../domain/signature.ts';
import { type ErasedEvent, type Finding, LogVerifier } from '../../domain/verify.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import { runEvent } from '../../protocol/events.ts';
import { exportedFolder, exportedHead, exportManifest } from '../../protocol/exports.ts';
import type { Inferred } from '../../protocol/schema.ts';
import { ArchiveReader, NotAnExport } from './archive-reader.ts';
import { eachLine } from './each-line.ts';
import { NamedInExport } from './named-in-export.ts';

/** What the check of one run of an export found. */
export interface VerifiedRun {
  readonly run: string;
  /** Events read; up to the first finding. */
  readonly events: number;
  readonly findings: readonly Finding[];
  readonly head: Head | null;
  /** Events whose payloads nobody can check any more, by their own word. */
  readonly erased: readonly ErasedEvent[];
}

/** What the check of an export file found. */
export interface VerifiedExport {
  readonly tenant: string;
  /** As far as the file could be read: the run that was exported, then those below it. */
  readonly runs: readonly VerifiedRun[];
  /** Blobs that were there and as their names say, folders among them. */
  readonly blobs: number;
  /** What is wrong with the file itself, or its blobs. */
  readonly findings: readonly Finding[];
}

/** The longest that parts may be which have to be in memory, in bytes. */
const most = { manifest: 16 * 1024 * 1024, head: 4_096, line: 4 * 1024 * 1024, folder: 64 * 1024 * 1024 };

/** Blobs that are missing, told one by one. */
const toldMissing = 20;

/**
 * Checks an export file from its first byte to its last, offline: that it is a file that an export writes, with nothing
 * else in it; every log with its head and signature; that every blob is there which a log names, and is what its name
 * says. `key`: the one key that heads may be signed with. Never throws for what stands in the file, but for a later format.
 */
export async function verifyExport(
  bytes: AsyncIterable<Uint8Array>,
  { key }: { readonly key?: string } = {},
): Promise<VerifiedExport> {
  const check = new ExportCheck(new ArchiveReader(bytes), key);
  try {
    await check.all();
  } catch (error) {
    if (!(error instanceof NotAnExport)) throw error;
    check.found('file', error.message);
  }
  return check.result();
}

class ExportCheck {
  readonly #archive: ArchiveReader;
  readonly #key: string | undefined;
  readonly #named = new NamedInExport();
  readonly #runs: VerifiedRun[] = [];
  readonly #findings: Finding[] = [];
  #tenant = '';
  #blobs = 0;

  constructor(archive: ArchiveReader, key: string | undefined) {
    this.#archive = archive;
    this.#key = key;
  }

  found(kind: Finding['kind'], message: string): void {
    this.#findings.push({ seq: 0, kind, message });
  }

  result(): VerifiedExport {
    return { tenant: this.#tenant, runs: this.#runs, blobs: this.#blobs, findings: this.#findings };
  }

  async all(): Promise<void> {
    const first = await this.#file(exportNames.manifest);
    const { format, tenant, runs, folders, blobs } = await this.#json(first, most.manifest, exportManifest());
    if (format > exportFormat) {
      throw new TandemError('data.newer', { message: 'The file was made by a newer version of Tandem' });
    }
    this.#tenant = tenant;
    if (new Set(runs.map(({ run }) => run)).size !== runs.length)
      throw new NotAnExport('It lists a run twice');
    for (const run of runs) await this.#run(run);
    for (let n = 0; n < folders; n += 1) await this.#folder();
    await this.#contents(blobs);
    if (await this.#archive.next()) throw new NotAnExport('It holds more files than it says');
    this.#missing();
  }

  async #run({ run, events, ended }: ExportedRun): Promise<void> {
    const tenant = this.#tenant;
    const verifier = new LogVerifier({ tenant, run, verifySignature: isSignature });
    const file = await this.#file(exportNames.events(run));
    let finding: Finding | undefined;
    for await (const line of eachLine(this.#archive.parts(file), most.line)) {
      finding ??= this.#event(verifier, line);
    }
    const head = await this.#json(await this.#file(exportNames.head(run)), most.head, exportedHead());
    const verdict = verifier.end(head.run === run ? head : undefined);
    const findings = finding ? [finding] : [...verdict.findings, ...this.#ofHead(head, verdict.state?.end)];
    if (
      findings.length === 0 &&
      (verdict.events !== events || (verdict.state?.end !== undefined) !== ended)
    ) {
      findings.push({ seq: 0, kind: 'file', message: 'The manifest says something else of the log' });
    }
    this.#runs.push({ run, events: verdict.events, findings, head, erased: verdict.erased });
  }

  /** What a forged event makes of us must not be more than a finding. */
  #event(verifier: LogVerifier, line: string): Finding | undefined {
    try {
      const event = parsed(line, strictEvent) as unknown as RunEvent;
      const finding = verifier.next(event);
      if (!finding) this.#named.event(event);
      return finding;
    } catch {
      return { seq: 0, kind: 'illegal', message: 'A line of the log is no event' };
    }
  }

  #ofHead({ seq, signature }: Head, ended: unknown): Finding[] {
    if (!signature) return [];
    if (!ended) return [{ seq, kind: 'signature', message: 'The head is signed and the run has not ended' }];
    if (this.#key === undefined || signature.key === this.#key) return [];
    return [
      { seq, kind: 'signature', message: `The head is signed by key ${signature.key}, not by ${this.#key}` },
    ];
  }

  async #folder(): Promise<void> {
    const file = await this.#next();
    const digest = this.#digestIn(file, 'folders/');
    if (!this.#named.isFolder(digest)) throw new NotAnExport(`Nothing names the folder ${digest}`);
    const bytes = await this.#archive.whole(file, most.folder);
    if (sha256(bytes) !== digest) {
      this.found('blob', `The folder ${digest} is not what its name says`);
      return;
    }
    for (const entry of Object.values(this.#entries(bytes, file))) {
      if (entry.type === 'tree') this.#named.folder(entry.digest);
      else this.#named.content(entry.digest, entry.size);
    }
    this.#blobs += 1;
  }

  /** Its digest says that it is as it was written; whoever wrote it may have been no server of ours. */
  #entries(bytes: Uint8Array, { name }: TarFile): Inferred<typeof exportedFolder>['entries'] {
    try {
      return exportedFolder().parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
        .entries;
    } catch {
      throw new NotAnExport(`${name} is no folder`);
    }
  }

  async #contents(count: number): Promise<void> {
    let last = '';
    for (let n = 0; n < count; n += 1) {
      const file = await this.#next();
      const digest = this.#digestIn(file, 'blobs/');
      if (digest <= last) throw new NotAnExport('Its blobs are not in the order of their names');
      last = digest;
      const size = this.#named.sizeOf(digest);
      if (size === undefined) throw new NotAnExport(`Nothing names the blob ${digest}`);
      const hash = createHash('sha256');
      for await (const part of this.#archive.parts(file)) hash.update(part);
      const isSame = hash.digest('hex') === digest && size === file.size;
      if (isSame) this.#blobs += 1;
      else this.found('blob', `The blob ${digest} is not what its name says`);
    }
  }

  #missing(): void {
    const missing = [...this.#named.missing()];
    for (const digest of missing.slice(0, toldMissing)) this.found('blob', `The blob ${digest} is missing`);
    const more = missing.length - toldMissing;
    if (more > 0) this.found('blob', `${more} more blobs are missing`);
  }

  async #next(): Promise<TarFile> {
    const file = await this.#archive.next();
    if (!file) throw new NotAnExport('It holds fewer files than it says');
    return file;
  }

  async #file(name: string): Promise<TarFile> {
    const file = await this.#next();
    if (file.name !== name) throw new NotAnExport(`It holds ${file.name} where ${name} should be`);
    return file;
  }

  #digestIn({ name }: TarFile, folder: string): Digest {
    const digest = name.slice(folder.length);
    if (!name.startsWith(folder) || !/^[0-9a-f]{64}$/.test(digest))
      throw new NotAnExport(`It holds ${name} where one of ${folder} should be`);
    if (!this.#named.come(digest)) throw new NotAnExport(`It holds ${name} twice`);
    return digest;
  }

  async #json<S extends z.ZodType>(file: TarFile, limit: number, schema: S): Promise<z.output<S>> {
    const bytes = await this.#archive.whole(file, limit);
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      if (!text.endsWith('\n')) throw new TypeError('Cut off');
      return parsed(text.slice(0, -1), schema, 2);
    } catch {
      throw new NotAnExport(`${file.name} is not what it should be`);
    }
  }
}

/** As runs are exported: nothing beside the envelope, salt and payload, which hash and digest cover. */
const strictEvent = runEvent().strict();

/** Throws unless the text is what JSON writes of a value of that shape: one value has one text. */
function parsed<S extends z.ZodType>(text: string, schema: S, indent?: number): z.output<S> {
  const value: unknown = JSON.parse(text);
  if (JSON.stringify(value, undefined, indent) !== text) throw new TypeError('Written otherwise');
  return schema.parse(value);
}
