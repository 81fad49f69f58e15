import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcessProgramHost } from '../../containers/program/host.ts';
import { runnerFile } from '../../containers/program/runner-file.ts';
import { SystemClock } from '../../shared/system/system-clock.ts';
import { type MakeHost, programHostContract } from './program-host.contract.ts';

const make: MakeHost = async (bundles) => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-programs-'));
  const loadBundle = async (_tenant: string, _agent: string, version: string) => bundles.get(version) ?? '';
  const host = createProcessProgramHost({ loadBundle, folder, runner: runnerFile, clock: new SystemClock() });
  const close = async () => {
    await host.close();
    await rm(folder, { recursive: true });
  };
  return { host, close };
};

programHostContract('in child processes', make);
