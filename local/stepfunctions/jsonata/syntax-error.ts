/** A text that is no JSONata expression; the message is the library's, as the service gives it. */
export class JsonataSyntaxError extends Error {
  override readonly name = 'JsonataSyntaxError';
  /** Characters into the expression, where it is known. */
  readonly position: number | undefined;

  constructor(message: string, position: number | undefined) {
    super(message);
    this.position = position;
  }
}

/** Of a text that nests deeper, or is longer, than it can be read. */
export function tooLarge(): JsonataSyntaxError {
  return new JsonataSyntaxError('The expression is too large', undefined);
}
