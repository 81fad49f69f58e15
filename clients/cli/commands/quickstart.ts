import { type Call, defineCommand } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { followOptions } from '../following/follow-run.ts';
import { readCsvInput } from '../quickstart/csv-input.ts';
import { firstRun } from '../quickstart/first-run.ts';
import { openServer } from '../server/open-server.ts';
import { portOf, refuseMore } from './arguments.ts';

const options = {
  input: { type: 'string', value: 'FILE', help: 'a CSV file of your own' },
  port: { type: 'string', value: 'N', help: 'port (default: the first free one from 4400 on)' },
  ...followOptions,
} as const;

export const command = defineCommand({
  usage: '[--input FILE] [--yes] [--once] [--port N]',
  options,
  details:
    'Starts a server (or uses the one that runs), publishes the agent of examples/quickstart, and lets it write a\n' +
    'report on a CSV file. It asks once before it publishes the report. Then the server goes on until Ctrl-C; with\n' +
    '--once everything ends with the run. A run that was cut off is gone on with, not started again.',
  async run(call) {
    refuseMore(call, 0);
    const { once = false } = call.values;
    const port = portOf(call.values.port);
    const csv = await readCsvInput(call.values.input, call.surroundings.cwd);
    const interrupted = call.interrupted();
    const server = await openServer(call, port);
    try {
      const end = await Promise.race([firstRun(call, { server, csv }), server.failed]);
      if (once || interrupted.aborted) return endOf(end, once);
      if (!server.ours) return end;
      await serveUntil(interrupted, call, server);
      return exitCodes.ok;
    } finally {
      await server.close();
    }
  },
});

/** Ctrl-C is how the quickstart is meant to end, unless it was to end by itself. */
function endOf(end: ExitCode, once: boolean): ExitCode {
  return end === exitCodes.interrupted && !once ? exitCodes.ok : end;
}

async function serveUntil(
  interrupted: AbortSignal,
  { output, json }: Call,
  { url, pid, failed }: { url: string; pid: number; failed: Promise<never> },
): Promise<void> {
  if (!json) {
    output.line();
    output.line(`The server goes on at ${output.paint('name', url)} (process ${pid}). Ctrl-C stops it.`);
  }
  const stopped = new Promise<void>((resolve) => {
    if (interrupted.aborted) resolve();
    interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([stopped, failed]);
}
