import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../../containers/space/assignment.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { ProcessIdentity } from '../../shared/processes/end-worker.ts';
import { processStart } from '../../shared/processes/process-start.ts';

const entryPoint = fileURLToPath(import.meta.resolve('../../containers/space/main.ts'));

/** A worker process that waits to be told what to do; it ends by itself when whoever started it does. */
export interface WorkerProcess extends ProcessIdentity {
  assign(settings: Settings): void;
  /** Sends it home unused. */
  dismiss(): void;
  /** Resolves when it has ended: with its exit status, and what it said last. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
}

/** Starts a worker in its own process group, with an empty environment. `compileCache`: a folder for Node's. */
export async function startWorker(compileCache: string): Promise<WorkerProcess> {
  const { SystemRoot, ComSpec, PATHEXT } = process.env;
  const windows = process.platform === 'win32';
  const child = spawn(process.execPath, [...flags, entryPoint, '--on-call'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    windowsHide: true,
    env: { NODE_COMPILE_CACHE: compileCache, ...(windows && { SystemRoot, ComSpec, PATHEXT }) },
  });
  const ended = endOf(child);
  const { pid } = child;
  const started = pid === undefined ? undefined : await processStart(pid);
  if (pid === undefined || started === undefined) {
    const { said } = await ended;
    throw new TandemError('internal', { message: `A worker could not be started: ${said}` });
  }
  return {
    pid,
    started,
    ended,
    assign: (settings) => child.stdin?.write(`${JSON.stringify(settings)}\n`),
    dismiss: () => child.stdin?.end(),
  };
}

/** Small heaps: a worker moves files and waits. Without warnings, what it says is what went wrong. */
const flags = ['--no-warnings', '--max-semi-space-size=1'];

/** The longest account of a worker's end that is kept, in characters. */
const saidCharacters = 4_000;

async function endOf(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-saidCharacters);
  });
  // A worker that is gone does not read: its end says so.
  child.stdin?.on('error', () => {});
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  } catch (error) {
    return { code: null, said: String(error) };
  }
}
