import { cleanText } from '../terminal/clean.ts';
import type { Paint } from '../terminal/paint.ts';
import { cut } from '../terminal/width.ts';

/** A fault of a program as the bundler tells it: see `Fault` of `clients/bundler/faults.ts`. */
interface PlacedFault {
  readonly place: string;
  readonly message: string;
  readonly source?: { readonly line: string; readonly length: number };
}

/** Characters of a line that are shown; of a longer one those around the place. */
const shown = 70;

/** Faults with the lines they are in, the place marked; undefined where the details of an error hold none. */
export function faultLines(details: unknown, paint: Paint): string[] | undefined {
  const faults = (details as { faults?: readonly PlacedFault[] } | undefined)?.faults;
  if (!Array.isArray(faults) || faults.length === 0) return undefined;
  return faults.flatMap((fault) => [headline(fault), ...frame(fault, paint)]);
}

const headline = ({ place, message }: PlacedFault) =>
  cleanText(place === '' ? message : `${place}: ${message}`);

function frame({ place, source }: PlacedFault, paint: Paint): string[] {
  const [, line = '', column = ''] = /:(\d+):(\d+)$/.exec(place) ?? [];
  if (source === undefined || line === '') return [];
  const at = Number(column) - 1;
  const start = at < shown - 20 ? 0 : at - 20;
  const text = cut(cleanText(source.line.slice(start)).replaceAll('\t', ' '), shown);
  const length = Math.max(1, Math.min(source.length, text.length - (at - start)));
  const bar = paint('quiet', '│');
  const mark = ' '.repeat(at - start) + paint('bad', '^'.repeat(length));
  return [`  ${paint('quiet', line)} ${bar} ${text}`, `  ${' '.repeat(line.length)} ${bar} ${mark}`];
}
