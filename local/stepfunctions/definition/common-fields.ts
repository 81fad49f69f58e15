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
