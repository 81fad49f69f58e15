/** What is wrong with a definition, as the service tells it. */
export interface Problem {
  readonly code: 'SCHEMA_VALIDATION_FAILED' | 'INVALID_JSON_DESCRIPTION' | 'MISSING_TRANSITION_TARGET';
  readonly message: string;
  /** JSON pointer to the field or its owner; absent when the text is no JSON object. */
  readonly location?: string;
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

function tell({ code, message, location }: Problem): string {
  return location === undefined ? `${code}: ${message}` : `${code}: ${message} at ${location}`;
}
