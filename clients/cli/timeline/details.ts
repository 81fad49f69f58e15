import type { RunEvent } from '../../../shared/protocol/events.ts';
import { cleanLine, cleanText } from '../terminal/clean.ts';
import type { Detail, Entry } from './entry.ts';
import type { Failure, Members } from './payloads.ts';

/** Lines of output that are shown of a command that ended badly. */
const shownLines = 5;

/** `enough, by cli`. */
export function byWhom({ by }: RunEvent, what?: string): string {
  const who = `by ${cleanLine(by.replace(/^user:/, ''))}`;
  return what === undefined || what === '' ? who : `${cleanLine(what)}, ${who}`;
}

export function detailOf(text: string | undefined): readonly Detail[] {
  return text === undefined || text === '' ? [] : [{ text: cleanText(text) }];
}

export function labelled(label: string, text: string | undefined): readonly Detail[] {
  return text === undefined || text === '' ? [] : [{ label, text: cleanText(text) }];
}

export function failureOf(error: Failure | undefined): Pick<Entry, 'details'> {
  return error === undefined ? {} : { details: detailOf(`${error.message} [${error.code}]`) };
}

/** A command that ends badly is not a failed operation, but it should not look well either. */
export function resultOf(kind: string, result: Members): Pick<Entry, 'mood' | 'details'> {
  if (kind !== 'command.run' || result['exitCode'] === 0) return { mood: 'done' };
  const [label, output] = result['stderr'] ? ['stderr', result['stderr']] : ['stdout', result['stdout']];
  return { mood: 'failed', details: labelled(label as string, lastLines(String(output ?? ''))) };
}

const lastLines = (text: string) => cleanText(text).trimEnd().split('\n').slice(-shownLines).join('\n');
