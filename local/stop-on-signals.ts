/** The longest that stopping may take, in milliseconds. */
const stopMs = 5_000;

/** Once: closes and ends with 0. Twice: ends at once. `failed` ends the process when closing does not work out. */
export function stopOnSignals(
  close: (signal: NodeJS.Signals) => Promise<void>,
  failed: (error: unknown) => never,
): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(130);
    stopping = true;
    setTimeout(() => process.exit(1), stopMs).unref();
    close(signal).then(() => process.exit(0), failed);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}
