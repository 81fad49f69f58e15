import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { functionEnvironment } from '../../test/support/function-environment.ts';

const run = promisify(execFile);

/** What a fresh process takes, in milliseconds: by the clock, and of a processor, which others make hardly any longer. */
export interface Taken {
  /** Until its module is loaded. */
  readonly loaded: number;
  readonly loadedCpu: number;
  /** Until nothing is left to do: what was set going when it was loaded is done as well. */
  readonly ready: number;
  readonly readyCpu: number;
}

/** Loads a module in a process of its own, as a cold start does; `undefined`: none, for what Node takes by itself. */
export async function coldStart(file: string | undefined): Promise<Taken> {
  const load = file === undefined ? '' : `await import(${JSON.stringify(file)});`;
  const script = `const cpu = process.cpuUsage();
    const began = performance.now();
    const taken = () => {
      const { user, system } = process.cpuUsage(cpu);
      return [performance.now() - began, (user + system) / 1000];
    };
    ${load}
    const [loaded, loadedCpu] = taken();
    process.on('beforeExit', () => {
      const [ready, readyCpu] = taken();
      process.stdout.write('\\n' + JSON.stringify({ loaded, loadedCpu, ready, readyCpu }));
      process.exit();
    });`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: functionEnvironment as NodeJS.ProcessEnv,
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1)) as Taken;
}
