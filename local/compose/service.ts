import type { Logger } from '../../shared/logging/logger.ts';
import { exitWith } from '../command-line.ts';
import { openLog, serverSettings } from '../settings/server-settings.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

/** Something that runs until its container is stopped. */
export interface Running {
  close(): Promise<void> | void;
}

/** Starts a service of the Compose twin: with a log, until it is asked to stop. What cannot start ends its container. */
export async function startService(name: string, start: (log: Logger) => Promise<Running>): Promise<void> {
  process.umask(0o077);
  const fail = (error: unknown): never => exitWith(error, `node local/compose/${name}/main.ts`);
  try {
    const { TANDEM_LOG_LEVEL: level } = serverSettings({}, process.env);
    const { log, flush } = openLog(level, process.env);
    const running = await start(log);
    log.info(`The ${name} runs`);
    stopOnSignals(async () => {
      await running.close();
      flush();
    }, fail);
  } catch (error) {
    fail(error);
  }
}
