/** A server that is going to be killed: has a program at rest (`not`) or in an endless loop (`loop`), then says so. */
import { SystemClock } from '../../shared/system/system-clock.ts';
import { answersOf, answerTo, bundleOf, runOf } from '../../test/contract/program-host.drive.ts';
import { createProcessProgramHost } from './host.ts';
import { runnerFile } from './runner-file.ts';

const [, , folder = '', how = ''] = process.argv;
const code = await bundleOf('looping');
const host = createProcessProgramHost({
  loadBundle: async () => code,
  folder,
  runner: runnerFile,
  clock: new SystemClock(),
});
const run = runOf('looping', { how });
const turn = await host.forTenant('acme').next(run, answersOf([]));
if (turn.kind === 'requests' && how === 'loop') {
  const answers = turn.requests.map((request) => answerTo(request, 1, null));
  void host.forTenant('acme').next(run, answersOf(answers));
}
setTimeout(() => process.stdout.write('waiting\n'), 100);
