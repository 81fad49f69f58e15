import { command, file, signal, sleep } from 'tandem';

/** Does several things at once: all of them, the first of them, and what is left over. */
export default async function run() {
  const all = await Promise.all([
    file.write('a.txt', 'A').then(() => file.read('a.txt')),
    command.run('printf B > b.txt').then(() => file.read('b.txt')),
    sleep(50).then(() => 'slept'),
  ]);
  const first = await Promise.race([
    signal.wait('never', { timeoutMs: 600_000 }).then(() => 'signal'),
    sleep(20).then(() => 'sleep'),
  ]);
  const settled = await Promise.allSettled([file.read('none.txt'), file.read('b.txt')]);
  return { all, first, settled: settled.map(({ status }) => status) };
}
