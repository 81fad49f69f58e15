import type { Call } from '../command.ts';
import { count } from '../terminal/units.ts';
import { UsageError } from '../usage-error.ts';

/** Exactly these arguments; throws for one that is missing or too many. */
export function takeArguments<const Names extends readonly string[]>(
  call: Call,
  ...names: Names
): { readonly [K in keyof Names]: string } {
  const given = call.arguments;
  const missing = names[given.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing`);
  refuseMore(call, names.length);
  return given as unknown as { readonly [K in keyof Names]: string };
}

/** At most so many arguments. `instead`: what somebody who gives more may have wanted. */
export function refuseMore(call: Call, most: number, instead?: (extra: string) => string): void {
  const extra = call.arguments[most];
  if (extra === undefined) return;
  const expected = most === 0 ? 'no argument' : count(most, 'argument');
  const hint = instead === undefined ? '' : `: ${instead(extra)}`;
  throw new UsageError(`\`${extra}\` is too much where ${expected} can be given${hint}`);
}

/** The run that was named, or the newest one; throws when there is none at all. */
export async function runOf(call: Call): Promise<string> {
  refuseMore(call, 1);
  const [named] = call.arguments;
  if (named !== undefined) return named;
  const { items } = await call.connect().listRuns({ limit: 1 });
  const [newest] = items;
  if (!newest) throw new UsageError('There are no runs yet: start one with `npx tandem run`');
  return newest.run;
}

/** The value of `--port`; throws for what is none. */
export function portOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const port = Number(typed);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not \`${typed}\``);
}

/** Every item of a list that comes in pages. */
export async function eachPage<T>(
  pageOf: (page: { limit: number; cursor?: string }) => Promise<{ items: readonly T[]; cursor?: string }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await pageOf({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    if (page.cursor === undefined) return items;
    cursor = page.cursor;
  }
}
