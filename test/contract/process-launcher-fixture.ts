import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ProcessLauncher, type ProcessLauncherOptions } from '../../local/launcher/process-launcher.ts';

/** A launcher with records of its own, closed and removed when the test ends. */
export function openProcessLauncher(
  context: TestContext,
  report: () => string,
  options: Partial<ProcessLauncherOptions> = {},
): { readonly launcher: ProcessLauncher; readonly records: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-launcher-'));
  const records = join(folder, 'workers');
  const launcher = new ProcessLauncher({ records, compileCache: join(folder, 'cache'), report, ...options });
  context.after(async () => {
    await launcher.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return { launcher, records };
}
