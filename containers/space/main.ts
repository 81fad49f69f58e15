import { assignmentFrom, awaitSettings, type Settings } from './assignment.ts';
import { connectElsewhere } from './origins.ts';
import { Stopped } from './pulse.ts';
import { trustOnly } from './trust.ts';
import { work } from './work.ts';

/**
 * A worker in a space: does one operation and ends. Exit status 0: reported, or nothing to do; 1: the operation, if
 * it was claimed, has no outcome from here. With `--on-call` it waits for its settings on standard input.
 */
const settings = process.argv.includes('--on-call') ? await awaitSettings() : (process.env as Settings);
if (settings !== undefined) {
  const ended = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => ended.abort(new Error(`Ended by ${signal}`)));
  }
  try {
    if (settings.TANDEM_ORIGINS)
      connectElsewhere(JSON.parse(settings.TANDEM_ORIGINS) as Record<string, string>);
    if (settings.TANDEM_CERTIFICATE) trustOnly(settings.TANDEM_CERTIFICATE);
    await work(await assignmentFrom(settings), ended.signal);
  } catch (error) {
    if (!(error instanceof Stopped)) fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
}
