import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartRun } from '../../../shared/protocol/runs.ts';
import { assertSize, readStartFile } from '../input/start-files.ts';

const example = fileURLToPath(new URL('../../../examples/quickstart/orders.csv', import.meta.url));

/** What the agent of the quickstart is given. */
export interface CsvInput {
  /** Name of the file in the workspace. */
  readonly name: string;
  /** Its size in bytes. */
  readonly size: number;
  readonly start: Required<Pick<StartRun, 'input' | 'files'>>;
  /** Tells two files of the same name apart. */
  readonly digest: string;
}

/** The CSV file that was named, or the one that comes along. Throws naming it when a run cannot start with it. */
export async function readCsvInput(typed: string | undefined, cwd: string): Promise<CsvInput> {
  const path = typed === undefined ? example : resolve(cwd, typed);
  const name = basename(path).replaceAll('\\', '_');
  const file = await readStartFile(path, name);
  assertSize([file]);
  const bytes = Buffer.from(file.content, file.encoding === 'base64' ? 'base64' : 'utf8');
  const digest = createHash('sha256').update(bytes).digest('hex');
  return {
    name,
    size: bytes.length,
    digest,
    start: { input: { file: name, sha256: digest }, files: [file] },
  };
}
