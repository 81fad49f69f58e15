import { states } from '../errors/names.ts';
import { StateFailure } from '../errors/state-failure.ts';

/** Items could not be read. */
export function readerFailure(cause: string): StateFailure {
  return new StateFailure({ error: states.itemReaderFailed, cause });
}
