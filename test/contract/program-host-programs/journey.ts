import { agent, approval, artifact, command, file, id, log, now, random, signal, sleep } from 'tandem';

/** One of everything, and everything random in its output. */
export default async function run(input: { name: string }) {
  log('started', { name: input.name });
  const started = Date.now();
  await file.write('a.txt', input.name);
  const written = Date.now();
  const text = await file.read('a.txt');
  await file.edit('a.txt', { oldContent: 'x', newContent: 'y' });
  const files = await file.list();
  await file.delete('a.txt');
  const { exitCode } = await command.run('true');
  await artifact.add('b.txt');
  const { decision } = await approval.request({ what: 'go on' });
  const { payload } = await signal.wait('go');
  await sleep(1_000);
  const { output } = await agent.call('other', { n: 1 });
  const recorded = [await now(), await random(), await id()];
  const seeded = [Math.random(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(4))]];
  const dates = [new Date().toISOString(), new Date(0).getTime(), new Intl.DateTimeFormat('en').format()];
  return { started, written, text, files, exitCode, decision, payload, output, recorded, seeded, dates };
}
