import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import { saveArtifacts } from '../artifacts/save-artifacts.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { fileProblem } from '../saving/file-problem.ts';
import { makeFolder } from '../saving/make-folder.ts';
import { cleanLine } from '../terminal/clean.ts';
import { table } from '../terminal/table.ts';
import { size } from '../terminal/units.ts';
import { UsageError } from '../usage-error.ts';
import { runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN] [--out DIR]',
  options: { out: { type: 'string', value: 'DIR', help: 'save them in this folder' } },
  details: 'Without RUN: the newest one.',
  async run(call) {
    const { output, json, values } = call;
    const folder =
      values.out === undefined ? undefined : outFolder(resolve(call.surroundings.cwd, values.out));
    const client = call.connect();
    const run = await runOf(call);
    const artifacts = await client.listArtifacts(run);
    if (folder !== undefined) {
      const saved = await saveArtifacts(client, { run, artifacts, folder });
      if (json) output.document({ items: saved });
      else output.lines(saved.map(({ file }) => pathToFileURL(file).href));
      return exitCodes.ok;
    }
    if (json) output.document({ items: artifacts });
    else if (artifacts.length === 0) output.line(`${run} has made no artefacts.`);
    else {
      output.lines(
        table(
          artifacts,
          [
            { title: 'name', text: ({ name }) => cleanLine(name), tone: () => 'name', gives: true },
            { title: 'type', optional: true, text: ({ mediaType }) => cleanLine(mediaType) },
            { title: 'size', text: (artifact) => size(artifact.size), right: true },
          ],
          output,
        ),
      );
    }
    return exitCodes.ok;
  },
});

/** Made before anything is fetched; what cannot be written is said in terms of the option. */
function outFolder(folder: string): string {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    const problem = fileProblem(error, folder);
    if (isTandemError(problem, 'data.full')) throw problem;
    throw new UsageError(`--out names a folder that cannot be written: ${folder}`);
  }
}
