import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endWorker } from '../../shared/processes/end-worker.ts';
import type { DataFolder } from '../data-folder/data-folder.ts';
import { WorkerRecords } from '../launcher/worker-records.ts';

/** Deletes what a data folder holds; links are removed, never followed. Commands that a killed server left are ended. */
export async function deleteData(folder: DataFolder, names: readonly string[]): Promise<void> {
  if (existsSync(folder.workers)) {
    const left = new WorkerRecords(folder.workers).all();
    await Promise.all(left.map((record) => endWorker(record, record.folder)));
  }
  for (const name of names) rmSync(join(folder.root, name), { recursive: true, force: true, maxRetries: 5 });
}
