import { approval, artifact, file, log, signal } from 'tandem';

/** A little of everything that the API shows: a file, an artefact, a log entry, an approval and a signal it waits for. */
export default async function busy(input: { readonly wait?: boolean } | null) {
  await file.write('notes.txt', 'All is well.\n');
  await artifact.add('notes.txt');
  await log('Noted', { level: 'info', data: { lines: 1 } });
  if (input?.wait !== true) return { waited: false };
  await approval.request({ what: 'Go on', why: 'Somebody is to decide' });
  await signal.wait('paid', { timeoutMs: 60_000 });
  return { waited: true };
}
