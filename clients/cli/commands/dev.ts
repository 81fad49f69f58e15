import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Call, defineCommand } from '../command.ts';
import { devLoop, type Work } from '../dev/dev-loop.ts';
import { FileWatch } from '../dev/file-watch.ts';
import { recordsView } from '../dev/records-view.ts';
import { TextView } from '../dev/text-view.ts';
import { exitCodes } from '../exit-codes.ts';
import { readRunInput } from '../input/run-input.ts';
import { fileTarget } from '../programs/target.ts';
import { openServer } from '../server/open-server.ts';
import { portOf, refuseMore } from './arguments.ts';

const options = {
  input: {
    type: 'string',
    value: 'JSON|FILE',
    help: 'as for `run` (default: the input.json beside the program)',
  },
  file: {
    type: 'string',
    multiple: true,
    value: 'PATH',
    help: 'a file the workspace starts with; repeatable',
  },
  yes: { type: 'boolean', help: 'approve whatever a run asks for' },
  port: { type: 'string', value: 'N', help: 'of a server that is started (default: from 4400 on)' },
} as const;

type DevCall = Call<typeof options>;

export const command = defineCommand({
  usage: '[PROGRAM] [--input JSON|FILE] [--file PATH]… [--yes]',
  options,
  details:
    'Starts a server unless one runs, publishes the program (default: agent.ts) and runs it; on every save of it, of a\n' +
    'file it imports, or of its input, again. A run that has not ended by then is cancelled. Ctrl-C ends it all.\n' +
    'What it publishes are trials of the next version: 1.0.1-dev.1, then 1.0.1-dev.2, and so on.',
  async run(call) {
    refuseMore(call, 1);
    const { file, agent } = fileTarget(call.arguments[0] ?? 'agent.ts', call.surroundings.cwd);
    const port = portOf(call.values.port);
    const work = workOf(call, { file, agent });
    // What is typed wrong is said before a server is started for it.
    await work.readInput(async () => '');
    const interrupted = call.interrupted();
    const server = await openServer(call, port);
    try {
      if (call.json)
        call.output.record({ server: { url: server.url, pid: server.pid, started: server.ours } });
      else call.output.line();
      const lost = abortedBy(server.failed);
      const over = AbortSignal.any([interrupted, lost]);
      const view = call.json ? recordsView(call.output) : new TextView(call.output, call.surroundings.cwd);
      const loop = devLoop(call, {
        work: { ...work, supervised: server.ours },
        watch: new FileWatch(),
        view,
        over,
      });
      await Promise.race([loop, server.failed]);
      if (!call.json && interrupted.aborted && server.ours) call.output.line('The server stops.');
      return exitCodes.ok;
    } finally {
      await server.close();
    }
  },
});

function abortedBy(failed: Promise<never>): AbortSignal {
  const controller = new AbortController();
  failed.catch(() => controller.abort());
  return controller.signal;
}

function workOf(call: DevCall, program: Pick<Work, 'file' | 'agent'>): Omit<Work, 'supervised'> {
  const { cwd } = call.surroundings;
  const beside = join(dirname(program.file), 'input.json');
  const typed = call.values.input ?? (existsSync(beside) ? `@${beside}` : undefined);
  const { file = [], yes = false } = call.values;
  return {
    ...program,
    yes,
    inputFile: typed === undefined ? undefined : inputFile(typed, cwd),
    startFiles: file.map((path) => resolve(cwd, path)),
    readInput: (bring) =>
      readRunInput({ file, ...(typed === undefined ? {} : { input: typed }) }, cwd, bring),
  };
}

/** The file that an input names, if it is not the input itself. */
function inputFile(typed: string, cwd: string): string | undefined {
  if (typed.startsWith('@')) return resolve(cwd, typed.slice(1));
  const path = resolve(cwd, typed);
  return existsSync(path) ? path : undefined;
}
