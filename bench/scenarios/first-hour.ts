import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Scenario } from '../bench.ts';
import { below } from '../figure.ts';
import { distribution } from '../stats.ts';

const launcher = fileURLToPath(new URL('../../bin/tandem.mjs', import.meta.url));

const newcomers = 5;

export const firstHour: Scenario = {
  name: 'first-hour',
  about: 'a new folder by init, until dev has published and run its agent; with the start of a server',
  async measure() {
    const made: number[] = [];
    const done: number[] = [];
    for (let newcomer = 0; newcomer < newcomers; newcomer++) {
      const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
      const began = performance.now();
      await promisify(execFile)(process.execPath, [launcher, 'init', 'expenses'], { cwd: folder });
      made.push(performance.now() - began);
      await firstRun(join(folder, 'expenses'));
      done.push(performance.now() - began);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    return [
      { name: 'init', unit: 'ms', value: distribution(made), targets: [] },
      {
        name: 'init → first run done',
        unit: 'ms',
        value: distribution(done),
        targets: [below('p50', 15_000)],
      },
    ];
  },
};

/** Resolves once the first run has ended. */
async function firstRun(cwd: string): Promise<void> {
  const dev = spawn(process.execPath, [launcher, 'dev', '--yes', '--json', '--port', '0'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(dev, 'close');
  for await (const line of createInterface({ input: dev.stdout })) {
    const { run } = JSON.parse(line);
    if (typeof run !== 'object') continue;
    if (run.status !== 'succeeded') throw new Error(`The first run ended as ${run.status}`);
    dev.kill('SIGTERM');
    await ended;
    return;
  }
  throw new Error('dev has ended before its first run');
}
