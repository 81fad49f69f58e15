import type { Json } from '../../shared/protocol/json.ts';
import type { Operate } from './operate.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Writes to the run's log; need not be awaited. `data` is any JSON value. */
export interface Log extends Write {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

type Write = (message: string, data?: unknown) => Promise<void>;

export function logThrough(operate: Operate): Log {
  const at =
    (level: Level): Write =>
    async (message, data) => {
      const entry = { message, ...(level === 'info' ? {} : { level }) };
      await operate('log', data === undefined ? entry : { ...entry, data: data as Json });
    };
  return Object.assign(at('info'), {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  });
}
