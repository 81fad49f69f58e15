import type { Json } from '../../../shared/domain/json.ts';
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
  override readonly name: string = 'StateFailure';
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

/** A field whose value cannot be had: the history has an event of its own for it. */
export class EvaluationFailure extends InterpretationFailure {
  /** The field, as `Output/total`. */
  readonly location: string | undefined;
  /** Whether the state has begun its work already. */
  readonly late: boolean;

  constructor(cause: string, location: string | undefined, late = false) {
    super(states.queryEvaluationError, cause);
    this.location = location;
    this.late = late;
  }

  static of(field: string, expression: string, why: string, late = false): EvaluationFailure {
    return new EvaluationFailure(
      `The JSONata expression '${expression}' specified for the field '${field}' ${why}`,
      field,
      late,
    );
  }

  static type(field: string, expression: string, expected: string, found: Json): EvaluationFailure {
    const why = `returned an unexpected result type. Expected '${expected}', but was '${typeOf(found)}' for value: ${JSON.stringify(found)}`;
    return EvaluationFailure.of(field, expression, why);
  }
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A mistake that shows while a state runs: no Retry and no Catch holds it. */
export function runtimeFailure(cause: string): InterpretationFailure {
  return new InterpretationFailure(states.runtime, cause);
}
