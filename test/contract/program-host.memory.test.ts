import vm from 'node:vm';
import { createMemoryProgramHost } from '../../shared/memory/program-host.ts';
import type { Start } from '../../shared/protocol/program.ts';
import { type MakeHost, programHostContract } from './program-host.contract.ts';

/** Bundles change the globals they find: here, those of a context for each run. */
function startOf(code: string): Start {
  return (bridge) =>
    (
      vm.runInNewContext(`delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer;
    delete globalThis.WeakRef; ${code}`) as Start
    )(bridge);
}

const make =
  (remember: boolean): MakeHost =>
  async (bundles) => {
    const programs = new Map([...bundles].map(([version, code]) => [version, startOf(code)]));
    return { host: createMemoryProgramHost({ programs, remember }), close: async () => {} };
  };

process.env['TZ'] = 'UTC';

programHostContract('in memory', make(true));
programHostContract('in memory, replaying for every question', make(false), { remembers: false });
