import { isTandemError } from '../../../shared/errors/tandem-error.ts';
import type { Run } from '../../../shared/protocol/runs.ts';
import { isApiError } from '../../sdk/api-error.ts';
import type { Call } from '../command.ts';
import { conclude, followRun } from '../following/follow-run.ts';
import type { RunInput } from '../input/run-input.ts';
import type { Bring } from '../input/start-files.ts';
import { publishProgram } from '../programs/publish-program.ts';
import { UsageError } from '../usage-error.ts';
import type { DevView } from './dev-view.ts';
import type { FileWatch } from './file-watch.ts';

/** What is tried again on every save. */
export interface Work {
  readonly file: string;
  readonly agent: string;
  /** The file that the input is in, if it is in one. */
  readonly inputFile: string | undefined;
  /** Files that the workspace starts with. */
  readonly startFiles: readonly string[];
  /** `bring`: takes to the server what is too large for a request. */
  readInput(bring: Bring): Promise<RunInput>;
  readonly yes: boolean;
  /** Whether somebody here tells of the server's outages. */
  readonly supervised: boolean;
}

interface Loop {
  readonly work: Work;
  readonly watch: FileWatch;
  readonly view: DevView;
  /** Aborted when there is nothing more to wait for: Ctrl-C, or a server that is lost. */
  readonly over: AbortSignal;
}

/** Publishes and runs, and does it again on every save, until it is over. What is wrong with a save is said, and waited out. */
export async function devLoop(call: Call, loop: Loop): Promise<void> {
  for (let first = true; !loop.over.aborted; first = false) {
    try {
      await round(call, loop, first);
    } catch (error) {
      if (!loop.over.aborted) throw error;
    }
  }
}

/** From one save to the next one. */
async function round(call: Call, loop: Loop, first: boolean): Promise<void> {
  const { watch, view, over } = loop;
  const next = new AbortController();
  const tried = attempt(call, loop, AbortSignal.any([over, next.signal])).catch((error: unknown) => {
    if (!isExpected(error) || (first && !isOfProgram(error))) throw error;
    view.problem(error);
  });
  const failed = tried.then(() => new Promise<never>(() => {}));
  // What is watched is known once the program has been read; until then nothing is lost, only noticed later.
  const waiting = tried.then(() => {
    if (!over.aborted && !next.signal.aborted) view.waits(watch.files);
  });
  try {
    view.saved(await Promise.race([watch.saved(over), failed]));
  } finally {
    next.abort();
    await waiting.catch(() => {});
    call.output.live.hide();
  }
}

async function attempt(call: Call, loop: Loop, stop: AbortSignal): Promise<void> {
  const { work, view } = loop;
  const run = await start(call, loop);
  if (stop.aborted) return cancel(call, loop, run);
  view.starts(run, work.inputFile);
  const end = await followRun(call, run.run, {
    yes: work.yes,
    once: false,
    supervised: work.supervised,
    stop,
  });
  if (end.how === 'interrupted') await cancel(call, loop, run);
  else await conclude(call, run.run, end);
}

async function start(call: Call, { work, watch, view }: Loop): Promise<Run> {
  watch.clear();
  for (const file of [work.file, work.inputFile, ...work.startFiles]) {
    if (file !== undefined) watch.add(file);
  }
  const client = call.connect();
  const { input, inputUpload, files } = await work.readInput((bytes) => client.upload(bytes));
  const published = await view.publishing(
    publishProgram(client, {
      file: work.file,
      agent: work.agent,
      trial: true,
      onInput: (path) => {
        if (!/[\\/]node_modules[\\/]/.test(path)) watch.add(path);
      },
    }),
  );
  view.published(published.version, published);
  return client.startRun({
    agent: work.agent,
    version: published.version.digest,
    ...(input === undefined ? {} : { input }),
    ...(inputUpload === undefined ? {} : { inputUpload }),
    ...(files.length === 0 ? {} : { files: [...files] }),
  });
}

/** A run that is not waited for any longer would only be in the way of the next one. */
async function cancel(call: Call, { view, over }: Loop, { run }: Run): Promise<void> {
  const why = over.aborted ? 'dev was ended' : 'a newer version was saved';
  try {
    await call.connect().cancelRun(run, why);
    view.cancelled(run, why);
  } catch (error) {
    // It has ended in the meantime, or its server has.
    if (!isApiError(error, 'run.ended') && !isApiError(error, 'server.unreachable')) throw error;
  }
}

/** What a save can mend. */
const isOfProgram = (error: unknown) => isTandemError(error, 'definition.invalid');

const isExpected = (error: unknown) =>
  isTandemError(error) || isApiError(error) || error instanceof UsageError;
