/** What was typed cannot be understood; the message says what is wrong with it, one sentence without a full stop. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
