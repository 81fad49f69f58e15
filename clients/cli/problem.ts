import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { isApiError } from '../sdk/api-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { cleanText } from './terminal/clean.ts';
import type { Paint } from './terminal/paint.ts';
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

/** What can be said about an error; `undefined` for one that nobody expected. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof UsageError || isParseError(error)) {
    const remedy = 'See `npx tandem help`.';
    return { code: 'usage', message: (error as Error).message, remedy, exit: exitCodes.usage };
  }
  if (isApiError(error)) {
    const { code, message, remedy, details, requestId } = error;
    const exit = code === 'server.unreachable' ? exitCodes.unreachable : exitCodes.failed;
    return { code, message, remedy, details, exit, ...(requestId === undefined ? {} : { requestId }) };
  }
  if (!isTandemError(error)) return undefined;
  const { code, message, remedy, details } = error;
  return { code, message, remedy, details, exit: exitCodes.failed };
}

/** `parseArgs` of Node. */
function isParseError(error: unknown): boolean {
  return String((error as { code?: unknown } | undefined)?.code).startsWith('ERR_PARSE_ARGS');
}

/** A problem as lines for people. */
export function problemLines({ code, message, remedy, details, requestId }: Problem, paint: Paint): string[] {
  const named = [code, ...(requestId === undefined ? [] : [requestId])].join(', ');
  return [
    `${paint('bad', 'tandem:')} ${endSentence(cleanText(message))}`,
    ...otherIssues(details).map(({ path, expected }) => `  ${path}: ${expected} is expected`),
    `${remedy} ${paint('quiet', `[${named}]`)}`,
  ];
}

const endSentence = (text: string) => (text.includes('\n') || /[.!?:]$/.test(text) ? text : `${text}.`);

/** The message names the first one. */
function otherIssues(details: unknown): readonly { path: string; expected: string }[] {
  const issues = (details as { issues?: unknown } | undefined)?.issues;
  return Array.isArray(issues) ? issues.slice(1) : [];
}
