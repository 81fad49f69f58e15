import { SettingError } from '../../shared/errors/setting-error.ts';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { isApiError } from '../sdk/api-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { faultLines } from './programs/code-frame.ts';
import { commandRemedy, remedyHere } from './remedies.ts';
import { cleanText } from './terminal/clean.ts';
import type { Paint } from './terminal/paint.ts';
import { widthOf } from './terminal/width.ts';
import { UsageError } from './usage-error.ts';

/** An error as the command line shows it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details?: unknown;
  readonly requestId?: string;
  readonly exit: ExitCode;
}

/** What can be said about an error. `verb`: the command that was typed, if there is one of that name. */
export function problemOf(error: unknown, verb?: string): Problem {
  if (error instanceof UsageError) {
    const remedy = `See \`npx tandem help${verb === undefined ? '' : ` ${verb}`}\`.`;
    return { code: 'usage', message: error.message, remedy, exit: exitCodes.usage };
  }
  if (error instanceof SettingError) {
    const { message, remedy } = error;
    return { code: 'usage', message, remedy, exit: exitCodes.usage };
  }
  if (isApiError(error)) {
    const { code, message, details, requestId } = error;
    const remedy = remedyHere(error, verb) ?? error.remedy;
    const exit = code === 'server.unreachable' ? exitCodes.unreachable : exitCodes.failed;
    return { code, message, remedy, details, exit, ...(requestId === undefined ? {} : { requestId }) };
  }
  if (!isTandemError(error)) return unexpected(error);
  const { code, message, details } = error;
  const remedy = commandRemedy(error, verb) ?? error.remedy;
  return { code, message, remedy, details, exit: exitCodes.failed };
}

/** Nobody expected it: whoever mends it wants to see where it happened, whoever has typed the command does not. */
function unexpected(error: unknown): Problem {
  const [what = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return {
    code: 'internal',
    message: `The command line cannot go on: ${what || 'unknown error'}`,
    remedy: 'Please report it, with what `TANDEM_LOG_LEVEL=debug` in the environment adds.',
    exit: exitCodes.failed,
  };
}

/** A problem as lines for people. */
export function problemLines(
  { code, message, remedy, details, requestId }: Problem,
  { paint, columns = Number.POSITIVE_INFINITY }: { readonly paint: Paint; readonly columns?: number },
): string[] {
  const named = [code, ...(requestId === undefined ? [] : [requestId])].join(', ');
  const faults = faultLines(details, paint);
  const [first = '', ...others] = faults ?? [endSentence(cleanText(withState(message, code, details)))];
  return [
    `${paint('bad', 'tandem:')} ${first}`,
    ...others,
    ...otherIssues(details).map(({ path, expected }) => `  ${path}: ${expected} is expected`),
    ...remedyLines(remedy, `[${named}]`, { paint, columns }),
  ];
}

/** On one line where there is room for it; a code that is broken in two cannot be looked for. */
function remedyLines(
  remedy: string,
  named: string,
  { paint, columns }: { readonly paint: Paint; readonly columns: number },
): string[] {
  const oneLine = widthOf(remedy) + 1 + widthOf(named) <= columns;
  return oneLine ? [`${remedy} ${paint('quiet', named)}`] : [remedy, paint('quiet', named)];
}

const endSentence = (text: string) => (text.includes('\n') || /[.!?:]$/.test(text) ? text : `${text}.`);

const ends: Readonly<Record<string, string>> = {
  succeeded: 'it has succeeded',
  failed: 'it has failed',
  cancelled: 'it was cancelled',
};

/** How a run has ended stands in the details only. */
function withState(message: string, code: string, details: unknown): string {
  const { status } = (details ?? {}) as { status?: unknown };
  const end = code === 'run.ended' ? ends[String(status)] : undefined;
  return end === undefined ? message : `${message.replace(/\.$/, '')}: ${end}`;
}

/** The message names the first one. */
function otherIssues(details: unknown): readonly { path: string; expected: string }[] {
  const issues = (details as { issues?: unknown } | undefined)?.issues;
  return Array.isArray(issues) ? issues.slice(1) : [];
}
