import type { Screen } from './output.ts';

/** Columns of a terminal that does not know how many it has, and says 0. */
const terminalColumns = 80;

/** Columns of a file or a pipe. */
const otherColumns = 110;

/** How wide lines may be. */
export function columnsOf({ isTTY, columns }: Screen): number {
  return columns || (isTTY === true ? terminalColumns : otherColumns);
}
