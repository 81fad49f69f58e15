import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { saveArtifacts } from '../artifacts/save-artifacts.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import { table } from '../terminal/table.ts';
import { size } from '../terminal/units.ts';
import { runOf } from './arguments.ts';

export const command = defineCommand({
  usage: '[RUN] [--out DIR]',
  options: { out: { type: 'string', value: 'DIR', help: 'save them in this folder' } },
  details: 'Without RUN: the newest one.',
  async run(call) {
    const client = call.connect();
    const run = await runOf(call);
    const artifacts = await client.listArtifacts(run);
    const { output, json, values } = call;
    if (values.out !== undefined) {
      const folder = resolve(call.surroundings.cwd, values.out);
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
            { title: 'name', text: ({ name }) => cleanLine(name), tone: () => 'name' },
            { title: 'type', text: ({ mediaType }) => cleanLine(mediaType) },
            { title: 'size', text: (artifact) => size(artifact.size), right: true },
          ],
          output.paint,
        ),
      );
    }
    return exitCodes.ok;
  },
});
