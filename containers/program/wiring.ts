import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../shared/system/system-clock.ts';
import { Bundles } from './bundles.ts';
import { type Fetched, overHttp, remembering } from './fetched.ts';
import { createProcessProgramHost, type ProcessProgramHost } from './host.ts';
import type { Runner } from './program-child.ts';
import type { FunctionParts } from './program-function.ts';

/** How long a process for programs is kept between two questions, in milliseconds: as long as a warm environment may be. */
const idleMs = 15 * 60_000;

/** Runs that a process keeps in memory. */
const runsInMemory = 64;

/** Characters of bundles and inputs that an environment keeps. */
const keptCharacters = 64 * 1024 * 1024;

export interface WiringOptions {
  /** What the child processes execute, given a folder to work in. */
  readonly runner: (folder: string) => Promise<Runner>;
  /** Default: in the folder of temporary files. */
  readonly folder?: string;
  /** How texts at signed addresses are read and written. */
  readonly access?: Fetched;
}

/** The function that hosts programs, put together. */
export function wire(options: WiringOptions): FunctionParts & { readonly host: ProcessProgramHost } {
  const fetched = remembering(options.access ?? overHttp, keptCharacters);
  const bundles = new Bundles(fetched);
  const host = createProcessProgramHost({
    loadBundle: (_tenant, _agent, version) => bundles.load(version),
    folder: options.folder ?? join(tmpdir(), 'programs'),
    runner: options.runner,
    clock: new SystemClock(),
    idleMs,
    maxRunsInMemory: runsInMemory,
  });
  return { host, bundles, fetched };
}
