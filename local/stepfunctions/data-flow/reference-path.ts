/** A path that is none, or one of a kind that is not taken where it stands. */
export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}
