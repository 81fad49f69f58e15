/** Asks this process to stop, as a SIGTERM would, on every platform. */
export function askToStop() {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
}
