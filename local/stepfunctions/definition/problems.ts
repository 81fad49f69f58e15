/** What is wrong with a definition, as the service tells it. */
export interface Problem {
  readonly code:
    | 'DUPLICATE_LABEL_NAME'
    | 'DUPLICATE_STATE_NAME'
    | 'INVALID_JSON_DESCRIPTION'
    | 'INVALID_JSONATA_EXPRESSION'
    | 'INVALID_LABEL_NAME'
    | 'INVALID_STATE_NAME'
    | 'MISSING_END_STATE'
    | 'MISSING_TRANSITION_TARGET'
    | 'SCHEMA_VALIDATION_FAILED'
    | 'TOO_DEEPLY_NESTED'
    | 'UNSUPPORTED_JSONATA_EXPRESSION';
  readonly message: string;
  /** JSON pointer to the field or its owner; absent for what is wrong with the whole. */
  readonly location?: string;
}

/** What an author may have meant otherwise. */
export interface Warning {
  readonly code: 'NO_DOLLAR' | 'NO_PATH' | 'PASS_RESULT_IS_STATIC';
  readonly message: string;
  readonly location: string;
}

/** A definition that cannot be run, with everything that is wrong with it. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(tell).join(', '));
    this.problems = problems;
  }
}

/** In the service's words, `null` included. */
function tell({ code, message, location }: Problem): string {
  return `${code}: ${message} at ${location ?? null}`;
}
