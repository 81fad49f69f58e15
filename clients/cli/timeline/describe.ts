import { cleanLine } from '../terminal/clean.ts';
import { count, duration, size } from '../terminal/units.ts';
import type { Members } from './payloads.ts';

/** What an operation is about: `args` before it is done, `result` after. */
type Describe = (args: Members, result: Members) => readonly (string | undefined)[];

const text = (value: unknown): string =>
  value === undefined || value === null ? '' : cleanLine(String(value));

const bytes = (value: unknown) => (typeof value === 'number' ? size(value) : undefined);

const time = (value: unknown) => (typeof value === 'number' ? duration(value) : undefined);

/** The subject, then what came of it; what is not known is left out. */
const describers: Readonly<Record<string, Describe>> = {
  log: ({ message, level }) => [level === undefined ? text(message) : `${text(level)}: ${text(message)}`],
  'file.read': ({ path }, { size: read }) => [text(path), bytes(read)],
  'file.write': ({ path }, { path: written, bytesWritten }) => [text(path ?? written), bytes(bytesWritten)],
  'file.edit': ({ path }, { path: edited, editsApplied }) => [
    text(path ?? edited),
    typeof editsApplied === 'number' ? count(editsApplied, 'edit') : undefined,
  ],
  'file.delete': ({ path }) => [text(path)],
  'file.list': ({ path }, { files }) => [
    text(path) || '.',
    Array.isArray(files) ? count(files.length, 'file') : undefined,
  ],
  'artifact.add': ({ path, name }, result) => [text(name ?? result['name'] ?? path), bytes(result['size'])],
  'command.run': ({ command }, { exitCode, timedOut }) => [text(command), ending(exitCode, timedOut)],
  'approval.request': ({ what }) => [text(what)],
  'signal.wait': ({ name }, { timedOut }) => [text(name), timedOut === true ? 'nobody signalled' : undefined],
  sleep: ({ ms }) => [time(ms)],
  'agent.call': ({ agent }, { run }) => [text(agent), run === undefined ? undefined : text(run)],
};

function ending(exitCode: unknown, timedOut: unknown): string | undefined {
  if (timedOut === true) return 'timed out';
  if (exitCode === undefined) return undefined;
  return exitCode === null ? 'killed' : `exit ${exitCode}`;
}

/** An operation in a few words: `node check.mjs → exit 0`. */
export function describe(kind: string, args: Members, result: Members = {}): string {
  const [subject = '', outcome] = describers[kind]?.(args, result) ?? [];
  return outcome === undefined ? subject : `${subject} → ${outcome}`;
}
