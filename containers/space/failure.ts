import type { Failed } from '../../shared/protocol/report.ts';

/** Why a command could not be run or its result not be kept, in the words of the run's author. */
export class CommandFailure extends Error {
  readonly code: Failed['error']['code'];

  constructor(message: string, code: Failed['error']['code'] = 'operation.failed') {
    super(message);
    this.name = 'CommandFailure';
    this.code = code;
  }
}
