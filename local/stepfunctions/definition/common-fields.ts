import type { Path } from '../data-flow/path.ts';
import type { Fields } from './fields.ts';

/** Where a state leads: another state, or `undefined` for the end of the machine. */
export type Next = string | undefined;

export function readNext(fields: Fields): Next {
  const next = fields.text('Next');
  const end = fields.flag('End') ?? false;
  if (next === undefined && !end) fields.complain('One of the fields [Next, End] is required');
  if (next !== undefined && end) fields.complain('Only one of the fields [Next, End] may be given');
  return next;
}

/** `InputPath` and `OutputPath`: `null` stands for an empty object, absent for everything. */
export interface Filters {
  readonly inputPath: Path | null | undefined;
  readonly outputPath: Path | null | undefined;
}

export function readFilters(fields: Fields): Filters {
  return { inputPath: fields.nullablePath('InputPath'), outputPath: fields.nullablePath('OutputPath') };
}
