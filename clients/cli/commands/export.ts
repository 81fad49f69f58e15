import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Download } from '../../sdk/transport.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { fileProblem } from '../saving/file-problem.ts';
import { makeFolder } from '../saving/make-folder.ts';
import { size as sized } from '../terminal/units.ts';
import { runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN]',
  options: {
    out: { type: 'string', value: 'FILE', help: 'where to save it (default: RUN.tar)' },
    children: { type: 'boolean', help: 'with the runs that it has called' },
  },
  details:
    'Saves a run as one file: its log with the signed head, its workspace after every step, its artefacts. The same run\n' +
    'makes the same bytes. `verify FILE` checks it anywhere, without a server. Without RUN: the newest one.',
  async run(call) {
    const run = await runOf(call);
    const file = resolve(call.surroundings.cwd, call.values.out ?? `${run}.tar`);
    const { output, json } = call;
    if (!json) output.live.show(`Exporting ${run}`);
    try {
      const download = await call.connect().exportRun(run, { children: call.values.children === true });
      await save(file, download, (done) => {
        if (!json) output.live.show(`Exporting ${run}: ${sized(done)} of ${sized(download.size)}`);
      });
      output.live.hide();
      if (json) output.document({ run, file, size: download.size });
      else
        output.lines([
          `Saved ${run}, ${sized(download.size)}, as ${file}`,
          `Check it with:  npx tandem verify ${file}`,
        ]);
    } finally {
      output.live.hide();
    }
    return exitCodes.ok;
  },
});

/** The file appears when it is whole. */
async function save(
  path: string,
  { size, bytes: parts }: Download,
  saved: (bytes: number) => void,
): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    makeFolder(dirname(path));
    const file = await open(unfinished, 'w', 0o600);
    let done = 0;
    try {
      for await (const part of parts) {
        await file.writeFile(part);
        done += part.byteLength;
        saved(done);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (done !== size) throw new TandemError('data.damaged', { message: 'The server cut the export off' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw fileProblem(error, path);
  }
}
