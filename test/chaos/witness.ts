import { readFileSync } from 'node:fs';

/** What a command said outside of everything that Tandem keeps. */
export interface WitnessLine {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly run: string;
  readonly operation: number;
  /** The program's own name of the command, unique within the run. */
  readonly label: string;
  readonly what: 'start' | 'end';
}

const line = /^(\d{13}) (run_\w+)-(\d+) (\S+) (start|end)$/;

/** Throws when a line cannot be read: then the witness proves nothing. */
export function parseWitness(text: string): WitnessLine[] {
  return text
    .split('\n')
    .filter((words) => words !== '')
    .map((words) => {
      const [, at, run, operation, label, what] = line.exec(words) ?? [];
      if (run === undefined || label === undefined) throw new Error(`The witness says: ${words}`);
      return { at: Number(at), run, operation: Number(operation), label, what: what as WitnessLine['what'] };
    });
}

/** What the witness has said so far. */
export function readWitness(path: string): WitnessLine[] {
  return parseWitness(readFileSync(path, 'utf8'));
}
