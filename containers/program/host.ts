import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../shared/domain/content.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ProgramHost, ProgramRun } from '../../shared/ports/program-host.ts';
import type { ChildLost } from './child-lost.ts';
import { Guardian } from './guardian.ts';
import { ProgramChild, type Runner } from './program-child.ts';
import { VersionHost } from './version-host.ts';
import { WarmChild } from './warm-child.ts';

/** The one-file program of a version, as text. */
export type LoadBundle = (tenant: string, agent: string, version: Digest) => Promise<string>;

export interface ProcessProgramHostOptions {
  /** The code of a version. */
  readonly loadBundle: LoadBundle;
  /** A folder for the host alone, on a local disk. */
  readonly folder: string;
  /** Finds or makes the runner, given that folder. */
  readonly runner: (folder: string) => Promise<Runner>;
  readonly clock: Clock;
  /** Milliseconds without a question after which a process is stopped; default 30,000. */
  readonly idleMs?: number;
  /** Milliseconds that a program may compute without coming to rest; default 10,000. */
  readonly timeoutMs?: number;
  /** Runs that a process keeps in memory, about 0.3 MB each; default 64. More runs than that are replayed in turn. */
  readonly maxRunsInMemory?: number;
}

export interface ProcessProgramHost extends ProgramHost {
  /** Processes that run programs now. */
  processes(): number;
  /** Stops all processes. */
  close(): Promise<void>;
}

/**
 * Runs programs in child processes, one for each version of each tenant: without environment, in an empty folder,
 * each run in a context of its own. What is remembered of runs is a cache: a run that waits holds no process.
 */
export function createProcessProgramHost(options: ProcessProgramHostOptions): ProcessProgramHost {
  const { clock, idleMs = 30_000 } = options;
  const guardian = new Guardian();
  const tenants = new Map<string, Map<Digest, VersionHost>>();
  let closed = false;
  const prepared = once(() => prepare(options));

  function versionHost(tenant: string, versions: Map<Digest, VersionHost>, run: ProgramRun): VersionHost {
    const { agent, version } = run;
    const known = versions.get(version);
    if (known) return known;
    const startChild = async () => {
      if (closed) throw new TandemError('server.stopping');
      return startProgram({ ...options, prepared: await prepared(), guardian, tenant, agent, version });
    };
    const fresh = new VersionHost({ startChild, clock, idleMs });
    versions.set(version, fresh);
    return fresh;
  }

  return {
    isolation: 'process',
    forTenant(tenant) {
      const versions = tenants.get(tenant) ?? new Map<Digest, VersionHost>();
      tenants.set(tenant, versions);
      return {
        next: (run, answers) => versionHost(tenant, versions, run).next(run, answers),
        release: (run) => {
          for (const host of versions.values()) host.release(run);
        },
      };
    },
    processes() {
      const hosts = [...tenants.values()].flatMap((versions) => [...versions.values()]);
      return hosts.filter((host) => host.isRunning).length;
    },
    async close() {
      closed = true;
      const hosts = [...tenants.values()].flatMap((versions) => [...versions.values()]);
      await Promise.all(hosts.map((host) => host.stop()));
      guardian.close();
    },
  };
}

interface Prepared {
  readonly runner: Runner;
  readonly emptyFolder: string;
}

async function prepare({ folder, runner }: ProcessProgramHostOptions): Promise<Prepared> {
  const emptyFolder = join(folder, 'empty');
  await mkdir(emptyFolder, { recursive: true });
  return { runner: await runner(folder), emptyFolder };
}

interface StartOptions extends ProcessProgramHostOptions {
  readonly prepared: Prepared;
  readonly guardian: Guardian;
  readonly tenant: string;
  readonly agent: string;
  readonly version: Digest;
}

async function startProgram(options: StartOptions): Promise<WarmChild> {
  const { guardian, clock, timeoutMs = 10_000 } = options;
  const { runner, emptyFolder } = options.prepared;
  const child = new ProgramChild({ runner, folder: emptyFolder, guardian, clock, timeoutMs });
  try {
    await load(child, await options.loadBundle(options.tenant, options.agent, options.version));
    return new WarmChild(child, options.maxRunsInMemory ?? 64);
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** Nothing of the program is executed yet: a child that is lost here is not the program's fault. */
async function load(child: ProgramChild, code: string): Promise<void> {
  const answer = await child.ask({ type: 'load', code }).catch((error: ChildLost) => {
    if (error.reason === 'closed') throw error;
    const message = `The process for the program could not be started: ${error.message}.`;
    throw new TandemError('internal', { message, cause: error });
  });
  if (answer.type === 'ready') return;
  const message = answer.type === 'refused' ? answer.error.message : `The runner answered ${answer.type}.`;
  throw new TandemError('definition.invalid', { message });
}

/** Does it when first asked; again only if that failed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
