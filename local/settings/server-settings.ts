import { batchedLines } from '../../shared/logging/batched-lines.ts';
import { createLogger, type Logger, type LogLevel } from '../../shared/logging/logger.ts';
import type { Settings } from '../../shared/protocol/environment/environment.ts';
import { readSettings, unknownSettings } from '../../shared/protocol/environment/read-settings.ts';

type Texts = Readonly<Record<string, string | undefined>>;

/** What the server is set to. */
export interface ServerSettings extends Settings<'server'> {
  readonly TANDEM_DATA: string;
  readonly TANDEM_LOG_LEVEL: LogLevel;
}

/** What the options that were typed and, where there is none, the environment say. Throws `SettingError`. */
export function serverSettings(flags: Texts, env: Texts): ServerSettings {
  const settings = readSettings('server', env, flags);
  return {
    ...settings,
    TANDEM_DATA: settings.TANDEM_DATA ?? '.tandem',
    TANDEM_LOG_LEVEL: settings.TANDEM_LOG_LEVEL ?? 'info',
  };
}

/** The server's own log on standard error; the first lines warn of variables that mean nothing. */
export function openLog(level: LogLevel, env: Texts): { readonly log: Logger; flush(): void } {
  const lines = batchedLines((text) => process.stderr.write(text));
  const log = createLogger({ level, write: (line) => lines.write(line), now: Date.now });
  for (const sentence of unknownSettings(env)) log.warn(sentence);
  return { log, flush: () => lines.flush() };
}
