import { states } from './names.ts';

export interface FailureParticulars {
  /** Error name, as `ErrorEquals` sees it; absent when a token was failed without one. */
  readonly error?: string | undefined;
  /** What the history says of it; absent for a timeout. */
  readonly cause?: string | undefined;
  /** Further names that `ErrorEquals` may call it by. */
  readonly aliases?: readonly string[];
}

/** Ends the state that is being interpreted: with an error of the States Language, for Retry and Catch to judge. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  readonly error: string | undefined;
  readonly explanation: string | undefined;
  readonly aliases: readonly string[];

  constructor({ error, cause, aliases = [] }: FailureParticulars) {
    super(cause ?? error);
    this.error = error;
    this.explanation = cause;
    this.aliases = aliases;
  }
}

/** A failure of interpretation; the interpreter adds in which state it happened. */
export class InterpretationFailure extends StateFailure {
  constructor(error: string, cause: string) {
    super({ error, cause });
  }

  at(state: string, enteredEvent: number): StateFailure {
    const where = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEvent}).`;
    return new StateFailure({ error: this.error, cause: `${where} ${this.explanation}` });
  }
}

/** A mistake that shows while a state runs: no Retry and no Catch holds it. */
export function runtimeFailure(cause: string): InterpretationFailure {
  return new InterpretationFailure(states.runtime, cause);
}
