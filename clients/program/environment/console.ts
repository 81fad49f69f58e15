import type { Log } from '../log.ts';

/** `console` writes to the run's log. What has no message of its own (`group`, `time` …) is left out. */
export function recordedConsole(log: Log) {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...values: unknown[]): void =>
      void log[level](values.map(shown).join(' '));
  return {
    log: write('info'),
    info: write('info'),
    debug: write('debug'),
    trace: write('debug'),
    warn: write('warn'),
    error: write('error'),
    assert: (condition: unknown, ...values: unknown[]) => {
      if (!condition) write('error')('Assertion failed:', ...values);
    },
  };
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
