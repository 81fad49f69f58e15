/** Most characters held back before they are written at once. */
const fullAt = 64 * 1024;

/**
 * Gathers lines until the event loop has turned, and writes them together: one system call for many lines. `flush`
 * writes what is held back, for the end of a process.
 */
export function batchedLines(write: (text: string) => void) {
  let held = '';
  let scheduled = false;
  const flush = () => {
    scheduled = false;
    if (held === '') return;
    const text = held;
    held = '';
    write(text);
  };
  return {
    flush,
    write(line: string): void {
      held += line;
      if (held.length >= fullAt) flush();
      else if (!scheduled) {
        scheduled = true;
        setImmediate(flush);
      }
    },
  };
}
