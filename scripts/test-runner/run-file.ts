import { join, relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { FileRecord } from './file-record.ts';

/** What the events of node:test carry, as far as it counts here; see `TestsStream`. */
interface EventData {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly line?: number;
  readonly message: string;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details: {
    readonly type?: string;
    readonly duration_ms: number;
    readonly error?: TestError;
  };
}

type TestError = Error & { readonly failureType?: string };

export interface RunOptions {
  /** Of suites and tests that are run, as patterns; default: all. */
  readonly names?: readonly RegExp[];
  /** Is told of each test and suite as soon as it has ended. */
  readonly onEnd?: (ended: Ended) => void;
}

/** A test or suite that has ended, while others of its file still run. */
export interface Ended {
  readonly name: string;
  /** How many suites it is inside of. */
  readonly nesting: number;
  readonly isSuite: boolean;
  readonly failed: boolean;
  /** Why it has failed; `undefined` where that is because of something inside it. */
  readonly why?: string | undefined;
  readonly durationMs: number;
}

/**
 * Runs one test file in a process of its own.
 *
 * @param root the checkout
 * @param file relative to it
 */
export async function runFile(
  root: string,
  file: string,
  timeoutMs: number,
  { names = [], onEnd }: RunOptions = {},
): Promise<FileRecord> {
  const path = join(root, file);
  const record = new FileRecord(file);
  const startedAt = performance.now();
  const testNamePatterns = names.length === 0 ? {} : { testNamePatterns: [...names] };
  const options = { files: [path], isolation: 'process', timeout: timeoutMs, ...testNamePatterns } as const;
  for await (const { type, data } of run(options)) {
    const event = data as EventData;
    follow(record, type, event, root);
    // What has passed or failed is told in the order of the file; what is complete, at once.
    if (type === 'test:complete' && !isFile(event, path)) onEnd?.(endOf(event));
  }
  record.close(performance.now() - startedAt);
  return record;
}

/** node:test reports the file itself, as if it were a test, when it ran none or did not end in order. */
const isFile = ({ name }: EventData, path: string): boolean => name === path;

function endOf({ name, nesting, details }: EventData): Ended {
  const { type, error, duration_ms: durationMs } = details;
  return {
    name,
    nesting,
    isSuite: type === 'suite',
    failed: error !== undefined,
    why: whyOf(error),
    durationMs,
  };
}

function follow(record: FileRecord, type: string, event: EventData, root: string): void {
  switch (type) {
    case 'test:start':
      record.started(event.name, event.nesting);
      break;
    case 'test:summary':
      // The process counts its tests when it ends in order; the run around it, which has no file, always does.
      if (event.file !== undefined) record.counted();
      break;
    case 'test:stdout':
    case 'test:stderr':
      record.said(event.message);
      break;
    case 'test:diagnostic':
      if (event.file !== undefined) record.said(`${event.message}\n`);
      break;
    case 'test:pass':
    case 'test:fail':
      ended(record, event, root);
      break;
  }
}

function ended(record: FileRecord, event: EventData, root: string): void {
  const whole = isFile(event, join(root, record.file));
  const { error, type } = event.details;
  if (whole && error === undefined) return;
  record.ended({
    name: whole ? 'the file' : event.name,
    nesting: event.nesting,
    place: whole ? record.file : `${relative(root, event.file ?? '')}:${event.line}`,
    isSuite: type === 'suite',
    skipped: Boolean(event.skip) || Boolean(event.todo),
    failed: error !== undefined,
    why: whyOf(error),
  });
}

/** What failed only because of something inside it is told by that already. */
function whyOf(error: TestError | undefined): string | undefined {
  return error && error.failureType !== 'subtestsFailed' ? explain(error) : undefined;
}

/** node:test wraps what a test threw. An assertion's message has the difference in it, so its stack says it all. */
function explain(error: TestError): string {
  const thrown = error.cause ?? error;
  const isAssertion = thrown instanceof Error && thrown.name === 'AssertionError';
  if (isAssertion && thrown.stack !== undefined) return thrown.stack;
  return typeof thrown === 'string' ? thrown : inspect(thrown, { depth: 6 });
}
