import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A worker that was started and may still be there. */
export interface WorkerRecord {
  readonly pid: number;
  /** As `processStart` gives it. */
  readonly started: string;
  /** `<run>-<operation>`. */
  readonly operation: string;
  /** The folder that the worker and its command work in. */
  readonly folder: string;
}

/**
 * Workers that have been started and are not known to be dead, a small file each. Not synced to the disk: when the
 * machine goes down, so do they.
 */
export class WorkerRecords {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Synchronous, as everything here: a record is there before its worker is told what to do. */
  add(record: WorkerRecord): void {
    writeFileSync(this.#file(record.pid), JSON.stringify(record));
  }

  get(pid: number): WorkerRecord | undefined {
    try {
      return JSON.parse(readFileSync(this.#file(pid), 'utf8')) as WorkerRecord;
    } catch {
      // None, or one whose writing was cut off: then its worker was never told what to do.
      return undefined;
    }
  }

  remove(pid: number): void {
    rmSync(this.#file(pid), { force: true });
  }

  all(): WorkerRecord[] {
    const pids = readdirSync(this.#folder).map((name) => Number.parseInt(name, 10));
    return pids.flatMap((pid) => this.get(pid) ?? []);
  }

  #file(pid: number): string {
    return join(this.#folder, `${pid}.json`);
  }
}
