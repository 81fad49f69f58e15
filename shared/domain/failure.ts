import type { Failure } from './events.ts';
import type { Json } from './json.ts';

/** What an event carries of a failure at most, in characters. */
const longest = { message: 4_000, details: 16_000 } as const;

/** A failure as it fits into an event, whatever a program has thrown: a long message is cut, large details left out. */
export function failure(code: string, message: string, details?: Json): Failure {
  const cut =
    message.length <= longest.message ? message : `${message.slice(0, longest.message).toWellFormed()}…`;
  if (details === undefined || JSON.stringify(details).length > longest.details)
    return { code, message: cut };
  return { code, message: cut, details };
}
