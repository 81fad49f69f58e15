import { setTimeout as delay } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { cleanLine } from '../terminal/clean.ts';
import { UsageError } from '../usage-error.ts';
import { type FunctionLine, functionLines, loggedFunctions } from './function-logs.ts';

export interface FunctionLogs {
  readonly stage: string;
  /** Which ones; empty: all. */
  readonly functions: readonly string[];
  /** How many milliseconds back. */
  readonly since: number;
  /** Whether to go on until somebody interrupts. */
  readonly follow: boolean;
}

/** How long to wait for more lines, in milliseconds: CloudWatch takes some seconds to show them anyway. */
const pauseMs = 3_000;

/** How late a line may be shown by CloudWatch, in milliseconds: so far back is looked again. */
const latenessMs = 30_000;

/** Shows what functions have logged, in the order of time; answers how the command ends. */
export async function showFunctionLogs(call: Call, logs: FunctionLogs): Promise<ExitCode> {
  const client = new CloudWatchLogsClient({ maxAttempts: 5 });
  const known = await loggedFunctions(client, logs.stage);
  const unknown = logs.functions.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no function \`${unknown}\` in stage ${logs.stage}; there are ${known.join(', ')}`,
    );
  }
  const names = logs.functions.length > 0 ? logs.functions : known;
  const signal = logs.follow ? call.interrupted() : undefined;
  let since = Date.now() - logs.since;
  let seen: ReadonlySet<string> = new Set();
  for (;;) {
    const until = Date.now();
    const lines = await Promise.all(
      names.map((name) => Array.fromAsync(functionLines(client, { stage: logs.stage, name, since }))),
    );
    const all = lines.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1));
    show(
      call,
      all.filter(({ id }) => !seen.has(id)),
    );
    if (!signal) return exitCodes.ok;
    seen = new Set(all.map(({ id }) => id));
    since = Math.max(since, until - latenessMs);
    await delay(pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return exitCodes.ok;
  }
}

function show({ json, output }: Call, lines: readonly FunctionLine[]): void {
  for (const line of lines) {
    if (json) output.record(line);
    else output.line(`${output.paint('quiet', line.at)}  ${line.function}  ${cleanLine(line.text)}`);
  }
}
