import { exitCodes } from './exit-codes.ts';

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

let controller: AbortController | undefined;

/**
 * Aborted by the first Ctrl-C or request to end; a second one ends the process at once. One signal for the whole
 * process, so that whoever asks later knows of what has been pressed before. Without a call of this, signals end the
 * process as they always do.
 */
export function onInterruption(): AbortSignal {
  controller ??= listen(new AbortController());
  return controller.signal;
}

function listen(controller: AbortController): AbortController {
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  return controller;
}
