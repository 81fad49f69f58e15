import type { TestContext } from 'node:test';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { ScriptedLauncher } from '../../shared/memory/task-launcher.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import type { TaskLauncher } from '../../shared/ports/task-launcher.ts';
import { tenant } from './fixtures.ts';
import { openProcessLauncher } from './process-launcher-fixture.ts';
import { ReportDesk } from './report-desk.ts';
import { openReportServer } from './report-server.ts';
import { describeTaskLauncher, type LauncherUnderTest, scriptOf } from './task-launcher.contract.ts';

describeTaskLauncher('scripted', async (): Promise<LauncherUnderTest> => {
  const blobs = new MemoryBlobs(new MemoryDisk().open());
  const clock = new VirtualClock();
  const desk = new ReportDesk(blobs);
  const launcher = new ScriptedLauncher({
    blobs,
    clock,
    report: (ticket, message) => desk.report(ticket, message),
    command: ({ command }) => scriptOf(command),
  });
  const beat = async () => {
    await settled();
    clock.advance(5_000);
    await settled();
  };
  return { launcher, desk, beat, idle: (operation) => idle(launcher, operation) };
});

describeTaskLauncher('process', async (context: TestContext): Promise<LauncherUnderTest> => {
  const { desk, address } = await openReportServer(context);
  const { launcher } = openProcessLauncher(context, () => address);
  // Real workers beat by themselves.
  const beat = async () => {};
  return { launcher, desk, beat, idle: (operation) => idle(launcher, operation) };
});

async function idle(launcher: TaskLauncher, operation: number): Promise<void> {
  while (await launcher.launched({ tenant, run: 'run_desk', operation })) await settled();
}

/** Lets everything happen that is ready to. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
