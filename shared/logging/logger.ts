import { scrub } from './scrub.ts';

const levels = { debug: 10, info: 20, warn: 30, error: 40, silent: 50 } as const;

export type LogLevel = keyof typeof levels;

/** JSON values; secrets in them are scrubbed. An `Error` is written with its stack and causes. */
export type LogFields = Readonly<Record<string, unknown>>;

/** A structured log: one JSON object a line. Passed in, never global. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Whether lines of this level are written: to spare the work of making them. */
  enabled(level: Exclude<LogLevel, 'silent'>): boolean;
}

export interface LoggerOptions {
  /** Least level that is written. */
  readonly level: LogLevel;
  /** Takes a line, ended by a newline. */
  readonly write: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Members of every line. */
  readonly fields?: LogFields;
}

/** A logger that writes to `write` from `level` up. */
export function createLogger(options: LoggerOptions): Logger {
  const least = levels[options.level];
  const line = (level: keyof typeof levels, message: string, fields?: LogFields) => {
    if (levels[level] < least) return;
    const entry = { at: new Date(options.now()).toISOString(), level, message, ...options.fields, ...fields };
    // A replacer costs more than the rest of the line; plain values need none.
    const text = isFlat(entry) ? JSON.stringify(entry) : JSON.stringify(entry, plainly);
    options.write(`${scrub(text)}\n`);
  };
  return {
    debug: (message, fields) => line('debug', message, fields),
    info: (message, fields) => line('info', message, fields),
    warn: (message, fields) => line('warn', message, fields),
    error: (message, fields) => line('error', message, fields),
    enabled: (level) => levels[level] >= least,
  };
}

function isFlat(entry: LogFields): boolean {
  for (const name in entry) {
    const type = typeof entry[name];
    if (type === 'object' || type === 'bigint') return false;
  }
  return true;
}

/** Of errors that are many in one. */
const tellsAtMost = 10;

function plainly(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const code = 'code' in value ? { code: value.code } : {};
  const several = value instanceof AggregateError ? { errors: value.errors.slice(0, tellsAtMost) } : {};
  return { name, message, ...code, stack, ...several, ...(cause === undefined ? {} : { cause }) };
}
